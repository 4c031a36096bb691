select cast(`m`.`K2` as char)
from `MAIN` as `m`
where (((`m`.`DEL` = ?
and cast(convert(`m`.`DEL` using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary))) is not true)
and (false
or `m`.`K2` is not null
or false
or `m`.`K2` = cast(? as signed)
or false)
-- ["Y","Y","7"]
