select ((select count(*)
from "MAIN" as "m"
where (("m"."DEL" = $1::text) is not true)
and ("m"."D" >= $2::date
and "m"."D" < $3::date))) + ((select count(*)
from "MAIN" as "m"
left join "LOOKUP" as "l" on "l"."CODE" = "m"."CODE"
and (("l"."DEAD" = $4::text) is not true)
where (("m"."DEL" = $5::text) is not true)
and ("l"."DESCR" collate "C" >= $6::text
and "l"."DESCR" collate "C" < $7::text))) + ((select count(*)
from (select distinct "c"."CODE" as "c0"
from "CHILD" as "c"
where "c"."CODE" is not null) as "d")) as n
-- ["Y","2024-01-01","2025-01-01","Y","Y","gluc","glud"]
