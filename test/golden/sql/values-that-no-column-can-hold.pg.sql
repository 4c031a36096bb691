select "m"."K2"
from "MAIN" as "m"
where (("m"."DEL" = $1::text) is not true)
and (false
or "m"."K2" is not null
or false
or "m"."K2" = $2::int8
or false)
-- ["Y","7"]
