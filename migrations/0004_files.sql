-- What each department's files brought last, and what was refused last. The row of a load commits with its tables, which lie in a schema of their own.
create table fascia.file_delivery (
  system text collate "C" not null,
  outcome text collate "C" not null check (outcome in ('loaded', 'refused')),
  fingerprint text not null,
  version text not null,
  as_of text not null,
  at_ms bigint not null,
  lines bigint not null,
  rejected bigint not null,
  fault text,
  reason text,
  primary key (system, outcome)
);

-- Where lines were rejected, as far as they are listed; never what they held.
create table fascia.file_rejection (
  system text collate "C" not null,
  outcome text collate "C" not null,
  file text collate "C" not null,
  line bigint not null,
  reason text not null,
  field text,
  primary key (system, outcome, file, line),
  foreign key (system, outcome) references fascia.file_delivery on delete cascade
);
