select ((select count(*)
from "MAIN" as "m"
where (("m"."DEL" = 'Y'::text) is not true)
and ("m"."D" >= $1::date
and "m"."D" < $2::date))) + ((select count(*)
from "MAIN" as "m"
left join "LOOKUP" as "l" on "l"."CODE" = "m"."CODE"
and (("l"."DEAD" = 'Y'::text) is not true)
where (("m"."DEL" = 'Y'::text) is not true)
and ("l"."DESCR" collate "C" >= $3::text
and "l"."DESCR" collate "C" < $4::text))) + ((select count(*)
from (select distinct "c"."CODE" as "c0"
from "CHILD" as "c"
where "c"."CODE" is not null) as "d")) as n
-- ["2024-01-01","2025-01-01","gluc","glud"]
