-- Invented rows that stand for new-mapping until it is reachable, and in tests. Make the tables those of the system.
create table person (
  id integer primary key,
  number varchar(20) not null unique,
  last_name text not null,
  first_name text,
  born date
);
create index person_last_name on person (lower(last_name) text_pattern_ops);

insert into person values
  (1, 'N-1', 'Sample', 'One', '1970-01-31'),
  (2, 'N-2', 'Sample', 'Two', '1985-06-15'),
  (3, 'N-3', 'Invented', null, null);
