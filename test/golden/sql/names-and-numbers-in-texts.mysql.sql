select cast(`m`.`K1` as char)
from `MAIN` as `m`
where (((`m`.`DEL` = ?
and cast(convert(`m`.`DEL` using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary))) is not true)
and ((cast(convert(nullif(case when char_length(lower(`m`.`NAME`)) - char_length(replace(lower(`m`.`NAME`), '^', '')) >= 1 then trim(substring_index(substring_index(lower(`m`.`NAME`), '^', 2), '^', -1)) end, '') using utf8mb4) as binary) >= cast(convert(? using utf8mb4) as binary)
and cast(convert(nullif(case when char_length(lower(`m`.`NAME`)) - char_length(replace(lower(`m`.`NAME`), '^', '')) >= 1 then trim(substring_index(substring_index(lower(`m`.`NAME`), '^', 2), '^', -1)) end, '') using utf8mb4) as binary) < cast(convert(? using utf8mb4) as binary))
and (case when `m`.`TXT` regexp '^ *(<=|>=|<|>)? *([+-]?[0-9]{1,18}([.,][0-9]{1,12})?) *$'
and instr(`m`.`TXT`, char(10)) = 0 then cast(replace(regexp_replace(`m`.`TXT`, '[<>= ]', ''), ',', '.') as decimal(65,30)) end > cast(? as decimal(65,30))
or (case when `m`.`TXT` regexp '^ *(<=|>=|<|>)? *([+-]?[0-9]{1,18}([.,][0-9]{1,12})?) *$'
and instr(`m`.`TXT`, char(10)) = 0 then regexp_replace(`m`.`TXT`, '[-+., 0-9]', '') end = ?
and cast(convert(case when `m`.`TXT` regexp '^ *(<=|>=|<|>)? *([+-]?[0-9]{1,18}([.,][0-9]{1,12})?) *$'
and instr(`m`.`TXT`, char(10)) = 0 then regexp_replace(`m`.`TXT`, '[-+., 0-9]', '') end using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary)))
and cast(convert(trim(`m`.`K1`) using utf8mb4) as binary) <> cast(convert(? using utf8mb4) as binary)
and (cast(convert(`m`.`CODE` using utf8mb4) as binary) >= cast(convert(? using utf8mb4) as binary)
and cast(convert(`m`.`CODE` using utf8mb4) as binary) < cast(convert(? using utf8mb4) as binary)))
order by cast(convert(`m`.`K1` using utf8mb4) as binary)
limit ?
-- ["Y","Y","ann","ano","7.4",">=",">=","","GL","GM",2]
