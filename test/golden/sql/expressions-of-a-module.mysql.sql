select cast((concat(left(`m`.`NAME`, 1), '?', left(`m`.`TXT`, 1))) as char), cast(`m`.`K2` as char)
from `MAIN` as `m`
where (((`m`.`DEL` = ?
and cast(convert(`m`.`DEL` using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary))) is not true)
and ((ucase(`m`.`NAME`)) = ?
and cast(convert((ucase(`m`.`NAME`)) using utf8mb4) as binary) = cast(convert(? using utf8mb4) as binary))
order by cast(convert((concat(left(`m`.`NAME`, 1), '?', left(`m`.`TXT`, 1))) using utf8mb4) as binary), `m`.`K2`
limit ?
-- ["Y","Y","ANN","ANN",5]
