-- Who is one person across systems, as the linker found last. A person is named by the branch and the key of its first member.
-- Keys join their parts with U+001F; identifiers and candidates are lists joined with U+001E.
create table fascia.person_member (
  branch text collate "C" not null,
  key text collate "C" not null,
  person text collate "C" not null,
  position integer not null,
  is_primary boolean not null,
  identifiers text not null,
  candidates text not null,
  primary key (branch, key),
  unique (person, position)
);

create index person_member_secondary on fascia.person_member (branch) where not is_primary;

-- The identifiers of all members, so that a search by any of them finds the person. No system and no value are empty texts.
create table fascia.person_identifier (
  system text collate "C" not null,
  value text collate "C" not null,
  person text collate "C" not null,
  primary key (system, value, person)
);

create index person_identifier_value on fascia.person_identifier (value);

-- One row: when the linker read the systems. Replacing the links locks it, so that two linkers take turns.
create table fascia.link_state (
  only_row boolean primary key default true check (only_row),
  as_of_ms bigint
);

insert into fascia.link_state default values;

-- Rows whose declared predicate and the linker's finding differ; few.
create table fascia.person_exception (
  branch text collate "C" not null,
  key text collate "C" not null,
  kind text not null check (kind in ('primary', 'secondary')),
  primary key (branch, key)
);
