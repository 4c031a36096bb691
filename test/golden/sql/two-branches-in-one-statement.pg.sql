(select 0::text, "m"."K1"::text, "m"."K2"::text, "m"."NUM"::text, "l"."DESCR"::text
from "MAIN" as "m"
left join "LOOKUP" as "l" on "l"."CODE" = "m"."CODE"
and (("l"."DEAD" = 'Y'::text) is not true)
where (("m"."DEL" = 'Y'::text) is not true)
and "m"."CODE" = $1::bpchar
order by "m"."K1" collate "C", "m"."K2"
limit 11)
union all (select 1::text, "c"."SEQ"::text, "c"."CODE"::text, null::text, null::text
from "CHILD" as "c"
order by "c"."SEQ")
-- ["GLU"]
