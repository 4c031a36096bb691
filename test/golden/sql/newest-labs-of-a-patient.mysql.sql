select left(date_format(`m`.`TS`, '%Y-%m-%d %H:%i:%s.%f'), 23), cast(`m`.`K1` as char), cast(`m`.`K2` as char), trim(trailing ' '
from cast(`m`.`CODE` as char)), case when `m`.`FLAG` then 'true' when not `m`.`FLAG` then 'false' end, lower(hex(`m`.`RAW`)), date_format(`m`.`D`, '%Y-%m-%d'), date_format(`m`.`AT`, '%Y-%m-%d %H:%i:%s')
from `MAIN` as `m`
where (((`m`.`DEL` = ?
and cast(convert(`m`.`DEL` using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary))) is not true)
and ((`m`.`K1` = ?
and cast(convert(`m`.`K1` using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary))
and (`m`.`CODE` in (?, ?)
and cast(convert(`m`.`CODE` using utf8mb4) as binary) in (cast(convert(? using utf8mb4) as binary), cast(convert(? using utf8mb4) as binary)))
and `m`.`TS` is not null
and ((`m`.`TS` < cast(? as datetime(6)))
or (`m`.`TS` = cast(? as datetime(6))
and cast(convert(`m`.`K1` using utf8mb4) as binary) < cast(convert(? using utf8mb4) as binary))
or (`m`.`TS` = cast(? as datetime(6))
and (`m`.`K1` = ?
and cast(convert(`m`.`K1` using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary))
and `m`.`K2` < cast(? as signed))))
order by `m`.`TS` desc, cast(convert(`m`.`K1` using utf8mb4) as binary) desc, `m`.`K2` desc
limit ?
-- ["Y","Y","0000000007","0000000007","GLU","GLUC","GLU","GLUC","2024-03-31 02:30:00.120","2024-03-31 02:30:00.120","0000000007","2024-03-31 02:30:00.120","0000000007","0000000007","41",21]
