(select cast(0 as char), cast(`m`.`K1` as char), cast(`m`.`K2` as char), cast(`m`.`NUM` as char), cast(`l`.`DESCR` as char)
from `MAIN` as `m`
left join `LOOKUP` as `l` on (`l`.`CODE` = `m`.`CODE`
and cast(convert(`l`.`CODE` using utf8mb4) as binary) = cast(convert(`m`.`CODE` using utf8mb4) as binary))
and (((`l`.`DEAD` = ?
and cast(convert(`l`.`DEAD` using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary))) is not true)
where (((`m`.`DEL` = ?
and cast(convert(`m`.`DEL` using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary))) is not true)
and (`m`.`CODE` = ?
and cast(convert(`m`.`CODE` using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary))
order by cast(convert(`m`.`K1` using utf8mb4) as binary), `m`.`K2`
limit ?)
union all (select cast(1 as char), cast(`c`.`SEQ` as char), trim(trailing ' '
from cast(`c`.`CODE` as char)), cast(null as char), cast(null as char)
from `CHILD` as `c`
order by `c`.`SEQ`
limit 9007199254740991)
-- ["Y","Y","Y","Y","GLU","GLU",11]
