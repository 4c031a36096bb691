select "c"."K1", "c"."K2", "c"."VAL"
from "CHILD" as "c"
where ("c"."K1" = any($1::text[])
and "c"."K2" = any($2::int8[])
and ("c"."K1", "c"."K2") in (select *
from unnest($1::text[], $2::int8[])))
order by "c"."K1" collate "C", "c"."K2", "c"."SEQ"
-- [["A","A","B"],["1","2","7"]]
