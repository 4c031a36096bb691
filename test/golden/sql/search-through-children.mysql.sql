select cast(`m`.`K2` as char)
from `MAIN` as `m`
where (((`m`.`DEL` = ?
and cast(convert(`m`.`DEL` using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary))) is not true)
and (exists (select 1
from `CHILD` as `c`
where (`c`.`K1` = `m`.`K1`
and cast(convert(`c`.`K1` using utf8mb4) as binary) = cast(convert(`m`.`K1` using utf8mb4) as binary))
and `c`.`K2` = `m`.`K2`
and `c`.`DEL` is null
and (`c`.`VAL` = ?
and cast(convert(`c`.`VAL` using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary)))
and not exists (select 1
from `CHILD` as `c`
left join `LOOKUP` as `l2` on (`l2`.`CODE` = `c`.`CODE`
and cast(convert(`l2`.`CODE` using utf8mb4) as binary) = cast(convert(`c`.`CODE` using utf8mb4) as binary))
and cast(convert(`l2`.`DESCR` using utf8mb4) as binary) <> cast(convert(? using utf8mb4) as binary)
where (`c`.`K1` = `m`.`K1`
and cast(convert(`c`.`K1` using utf8mb4) as binary) = cast(convert(`m`.`K1` using utf8mb4) as binary))
and `c`.`K2` = `m`.`K2`
and `c`.`DEL` is null
and (`l2`.`CODE` = ?
and cast(convert(`l2`.`CODE` using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary))))
order by `m`.`K2`
limit ?
-- ["Y","Y","a","a","a","HB","HB",11]
