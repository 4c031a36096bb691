-- A tiny clinic, invented: what the embedded server holds in place of a real system. Every person is made up.
create table patient (
  id integer primary key,
  record_no varchar(10) not null unique,
  last_name text not null,
  first_name text,
  born date,
  sex char(1),
  city text
);
create index patient_last_name on patient (lower(last_name) text_pattern_ops);

create table result (
  id integer primary key,
  patient_id integer not null references patient,
  test varchar(8) not null,
  value numeric(8, 2),
  unit varchar(10),
  status char(1) not null,
  taken_at timestamptz
);
create index result_patient on result (patient_id, taken_at);
create index result_test on result (test, taken_at);

insert into patient values
  (1, 'A-1001', 'Lindqvist', 'Ada', '1950-03-09', 'F', 'Easton'),
  (2, 'A-1002', 'O''Hara', 'Ben', '1962-11-30', 'M', 'Weston'),
  (3, 'A-1003', 'Ibáñez', 'Carmen', '1987-07-01', 'F', 'Easton'),
  (4, 'A-1004', 'Novak', null, null, null, null),
  (5, 'A-1005', 'van der Berg', 'Dirk', '2011-02-28', 'M', 'Norton'),
  (6, 'A-1006', 'Lindqvist', 'Erik', '1948-12-24', 'M', 'Easton');

-- The test LACT is in no code map: it keeps its local code.
insert into result values
  (101, 1, 'GLU', 102.00, 'mg/dL', 'F', '2026-01-12 08:10:00+00'),
  (102, 1, 'GLU', 98.00, 'mg/dL', 'F', '2026-02-09 08:05:00+00'),
  (103, 1, 'A1C', 6.10, '%', 'F', '2026-02-09 08:05:00+00'),
  (104, 2, 'CREA', 1.20, 'mg/dL', 'F', '2026-01-20 14:40:00+00'),
  (105, 2, 'K', 4.40, 'mmol/L', 'F', '2026-01-20 14:40:00+00'),
  (106, 2, 'K', 5.90, 'mmol/L', 'P', '2026-03-02 06:15:00+00'),
  (107, 3, 'GLU', 88.00, 'mg/dL', 'F', '2026-02-27 09:00:00+00'),
  (108, 3, 'LACT', 1.10, 'mmol/L', 'F', '2026-02-27 09:00:00+00'),
  (109, 5, 'GLU', null, 'mg/dL', 'X', '2026-03-01 10:30:00+00'),
  (110, 6, 'CREA', 2.05, 'mg/dL', 'F', null),
  (111, 6, 'A1C', 7.80, '%', 'F', '2026-03-03 07:45:00+00');
