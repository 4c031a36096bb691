select "m"."K2"
from "MAIN" as "m"
where (("m"."DEL" = $1::text) is not true)
and (exists (select 1
from "CHILD" as "c"
where "c"."K1" = "m"."K1"
and "c"."K2" = "m"."K2"
and "c"."DEL" is null
and "c"."VAL" = $2::text)
and not exists (select 1
from "CHILD" as "c"
left join "LOOKUP" as "l2" on "l2"."CODE" = "c"."CODE"
and "l2"."DESCR" <> $3::text
where "c"."K1" = "m"."K1"
and "c"."K2" = "m"."K2"
and "c"."DEL" is null
and "l2"."CODE" = $4::bpchar))
order by "m"."K2"
limit $5
-- ["Y","a","a","HB",11]
