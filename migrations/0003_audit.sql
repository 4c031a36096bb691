-- One row for each sealed chunk of an answer, each refusal and each failure. Time leads the key, so that months can become partitions
-- and the table can be spread; rows are only ever added.
create table fascia.audit_record (
  at timestamptz not null,
  id bigint generated always as identity,
  request_id text not null,
  agent text not null,
  action text not null,
  interaction text not null,
  type text not null,
  query text not null,
  patients text[] not null,
  instances text[] not null,
  systems text[] not null,
  status smallint not null,
  fault text,
  last boolean not null,
  primary key (at, id)
);
