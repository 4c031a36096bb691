select ((select count(*)
from `MAIN` as `m`
where (((`m`.`DEL` = ?
and cast(convert(`m`.`DEL` using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary))) is not true)
and (`m`.`D` >= cast(? as date)
and `m`.`D` < cast(? as date)))) + ((select count(*)
from `MAIN` as `m`
left join `LOOKUP` as `l` on (`l`.`CODE` = `m`.`CODE`
and cast(convert(`l`.`CODE` using utf8mb4) as binary) = cast(convert(`m`.`CODE` using utf8mb4) as binary))
and (((`l`.`DEAD` = ?
and cast(convert(`l`.`DEAD` using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary))) is not true)
where (((`m`.`DEL` = ?
and cast(convert(`m`.`DEL` using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary))) is not true)
and (cast(convert(`l`.`DESCR` using utf8mb4) as binary) >= cast(convert(? using utf8mb4) as binary)
and cast(convert(`l`.`DESCR` using utf8mb4) as binary) < cast(convert(? using utf8mb4) as binary)))) + ((select count(*)
from (select distinct cast(convert(`c`.`CODE` using utf8mb4) as binary) as `c0`
from `CHILD` as `c`
where `c`.`CODE` is not null) as `d`)) as n
-- ["Y","Y","2024-01-01","2025-01-01","Y","Y","Y","Y","gluc","glud"]
