select "m"."K2"
from "MAIN" as "m"
where (("m"."DEL" = 'Y'::text) is not true)
and (exists (select 1
from "CHILD" as "c"
where "c"."K1" = "m"."K1"
and "c"."K2" = "m"."K2"
and "c"."DEL" is null
and "c"."VAL" = $1::text)
and not exists (select 1
from "CHILD" as "c"
left join "LOOKUP" as "l2" on "l2"."CODE" = "c"."CODE"
and "l2"."DESCR" <> 'a'::text
where "c"."K1" = "m"."K1"
and "c"."K2" = "m"."K2"
and "c"."DEL" is null
and "l2"."CODE" = $2::bpchar))
order by "m"."K2"
limit 11
-- ["a","HB"]
