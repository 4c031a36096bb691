-- Every message of a feed as it came, committed before it is acknowledged. `identity` is a digest of feed, sender and control id, and held by the first
-- whole message that came under them: a repetition finds it and is given its answer, another message under the same id is kept without one.
create table fascia.inbox (
  id bigint generated always as identity primary key,
  feed text collate "C" not null,
  sender text collate "C" not null,
  control_id text collate "C" not null,
  event text collate "C" not null,
  identity bytea unique,
  address text not null,
  encoding text not null,
  flaws text[] not null,
  digest bytea not null,
  body bytea not null,
  answer bytea,
  received_at timestamptz not null,
  state text collate "C" not null check (state in ('queued', 'mapped', 'filtered', 'quarantined')),
  reason text collate "C",
  changed_at timestamptz not null,
  check ((reason is null) = (state in ('queued', 'mapped')))
);
create index inbox_feed on fascia.inbox (feed, id);
-- What is settled well is most of it, and nobody asks for all of that.
create index inbox_open on fascia.inbox (id) where state = 'queued';
create index inbox_look on fascia.inbox (feed, state, reason) where state in ('queued', 'quarantined');
