-- What is known of the things that feeds speak of: of each part what was said last, and when. `id` is a digest of type, system and value.
create table fascia.thing (
  id text collate "C" primary key,
  type text collate "C" not null,
  system text collate "C" not null,
  value text collate "C" not null,
  parts text not null,
  version integer not null,
  digest bytea not null
);

-- Every version of every resource that was made of a thing, and the message that made it. The text has no id and no meta: both follow from the row.
create table fascia.resource_version (
  id text collate "C" not null references fascia.thing,
  version integer not null,
  type text collate "C" not null,
  body text not null,
  recorded_at timestamptz not null,
  message bigint not null references fascia.inbox,
  primary key (id, version)
);
create index resource_version_message on fascia.resource_version (message);
