select cast(`c`.`K1` as char), cast(`c`.`K2` as char), cast(`c`.`VAL` as char)
from `CHILD` as `c`
where ((`c`.`K1`, `c`.`K2`) in ((?, cast(? as signed)), (?, cast(? as signed)), (?, cast(? as signed)), (?, cast(? as signed)))
and (cast(convert(`c`.`K1` using utf8mb4) as binary), `c`.`K2`) in ((cast(convert(? using utf8mb4) as binary), cast(? as signed)), (cast(convert(? using utf8mb4) as binary), cast(? as signed)), (cast(convert(? using utf8mb4) as binary), cast(? as signed)), (cast(convert(? using utf8mb4) as binary), cast(? as signed))))
order by cast(convert(`c`.`K1` using utf8mb4) as binary), `c`.`K2`, `c`.`SEQ`
-- ["A","1","A","2","B","7","B","7","A","1","A","2","B","7","B","7"]
