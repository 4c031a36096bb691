select (concat(left("m"."NAME", 1), '?', left("m"."TXT", 1))), "m"."K2"
from "MAIN" as "m"
where (("m"."DEL" = 'Y'::text) is not true)
and (upper("m"."NAME")) = $1::text
order by (concat(left("m"."NAME", 1), '?', left("m"."TXT", 1))) collate "C", "m"."K2"
limit 5
-- ["ANN"]
