select cast(`d`.`c0` as char), cast(`d`.`c1` as char)
from (select distinct cast(convert(`c`.`K1` using utf8mb4) as binary) as `c0`, `c`.`K2` as `c1`
from `CHILD` as `c`
where (locate(cast(convert(? using utf8mb4) as binary), cast(convert(lower(`c`.`VAL`) using utf8mb4) as binary)) > 0
and `c`.`K1` is not null)) as `d`
order by cast(convert(`d`.`c0` using utf8mb4) as binary), `d`.`c1`
limit ?
-- ["gluc%",10001]
