select "m"."TS", "m"."K1", "m"."K2", "m"."CODE", "m"."FLAG", "m"."RAW", "m"."D", "m"."AT"
from "MAIN" as "m"
where (("m"."DEL" = $1::text) is not true)
and ("m"."K1" = $2::text
and "m"."CODE" = any($3::bpchar[])
and "m"."TS" is not null
and ("m"."TS", "m"."K1" collate "C", "m"."K2") < ($4::timestamp, $5::text, $6::int8))
order by "m"."TS" desc, "m"."K1" collate "C" desc, "m"."K2" desc
limit $7
-- ["Y","0000000007",["GLU","GLUC"],"2024-03-31 02:30:00.120","0000000007","41",21]
