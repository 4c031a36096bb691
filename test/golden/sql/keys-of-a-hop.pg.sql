select "d"."c0", "d"."c1"
from (select distinct "c"."K1" as "c0", "c"."K2" as "c1"
from "CHILD" as "c"
where (strpos(lower("c"."VAL"), $1::text) > 0
and "c"."K1" is not null)) as "d"
order by "d"."c0" collate "C", "d"."c1"
limit 10001
-- ["gluc%"]
