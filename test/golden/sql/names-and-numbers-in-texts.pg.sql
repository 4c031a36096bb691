select "m"."K1"
from "MAIN" as "m"
where (("m"."DEL" = 'Y'::text) is not true)
and ((nullif(btrim(split_part(lower("m"."NAME"), '^', 2)), '') collate "C" >= $1::text
and nullif(btrim(split_part(lower("m"."NAME"), '^', 2)), '') collate "C" < $2::text)
and (case when "m"."TXT" ~ '^ *(<=|>=|<|>)? *([+-]?[0-9]{1,18}([.,][0-9]{1,12})?) *$' then translate("m"."TXT", ',<>= ', '.')::numeric end > $3::numeric
or case when "m"."TXT" ~ '^ *(<=|>=|<|>)? *([+-]?[0-9]{1,18}([.,][0-9]{1,12})?) *$' then translate("m"."TXT", '+-.,0123456789 ', '') end = $4::text)
and btrim("m"."K1") <> $5::text
and ("m"."CODE" collate "C" >= $6::bpchar
and "m"."CODE" collate "C" < $7::bpchar
and starts_with("m"."CODE"::text, $8::text)))
order by "m"."K1" collate "C"
limit 2
-- ["ann","ano","7.4",">=","","GL","GM","GL"]
