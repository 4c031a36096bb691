select (concat(left("m"."NAME", 1), '?', left("m"."TXT", 1))), "m"."K2"
from "MAIN" as "m"
where (("m"."DEL" = $1::text) is not true)
and (upper("m"."NAME")) = $2::text
order by (concat(left("m"."NAME", 1), '?', left("m"."TXT", 1))) collate "C", "m"."K2"
limit $3
-- ["Y","ANN",5]
