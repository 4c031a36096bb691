-- What the installation itself remembers, such as the secret from which its keys are derived.
create table fascia.setting (
  name text collate "C" primary key,
  value text not null
);
