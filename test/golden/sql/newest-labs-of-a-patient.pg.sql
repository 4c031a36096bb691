select "m"."TS", "m"."K1", "m"."K2", "m"."CODE", "m"."FLAG", "m"."RAW", "m"."D", "m"."AT"
from "MAIN" as "m"
where (("m"."DEL" = 'Y'::text) is not true)
and ("m"."K1" = $1::text
and "m"."CODE" = any($2::bpchar[])
and "m"."TS" is not null
and ("m"."TS", "m"."K1" collate "C", "m"."K2") < ($3::timestamp, $1::text, $4::int8))
order by "m"."TS" desc, "m"."K1" collate "C" desc, "m"."K2" desc
limit 21
-- ["0000000007",["GLU","GLUC"],"2024-03-31 02:30:00.120","41"]
