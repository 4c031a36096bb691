select "m"."K1"
from "MAIN" as "m"
where (("m"."DEL" = $1::text) is not true)
and ((nullif(btrim(split_part(lower("m"."NAME"), '^', 2)), '') collate "C" >= $2::text
and nullif(btrim(split_part(lower("m"."NAME"), '^', 2)), '') collate "C" < $3::text)
and (case when "m"."TXT" ~ '^ *(<=|>=|<|>)? *([+-]?[0-9]{1,18}([.,][0-9]{1,12})?) *$' then translate("m"."TXT", ',<>= ', '.')::numeric end > $4::numeric
or case when "m"."TXT" ~ '^ *(<=|>=|<|>)? *([+-]?[0-9]{1,18}([.,][0-9]{1,12})?) *$' then translate("m"."TXT", '+-.,0123456789 ', '') end = $5::text)
and btrim("m"."K1") <> $6::text
and ("m"."CODE" collate "C" >= $7::bpchar
and "m"."CODE" collate "C" < $8::bpchar
and starts_with("m"."CODE"::text, $9::text)))
order by "m"."K1" collate "C"
limit $10
-- ["Y","ann","ano","7.4",">=","","GL","GM","GL",2]
