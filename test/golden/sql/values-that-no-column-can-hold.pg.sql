select "m"."K2"
from "MAIN" as "m"
where (("m"."DEL" = 'Y'::text) is not true)
and (false
or "m"."K2" is not null
or false
or "m"."K2" = $1::int8
or false)
-- ["7"]
