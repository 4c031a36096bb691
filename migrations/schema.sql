CREATE SCHEMA fascia;

CREATE TABLE fascia.audit_record (
    at timestamp with time zone NOT NULL,
    id bigint NOT NULL,
    request_id text NOT NULL,
    agent text NOT NULL,
    action text NOT NULL,
    interaction text NOT NULL,
    type text NOT NULL,
    query text NOT NULL,
    patients text[] NOT NULL,
    instances text[] NOT NULL,
    systems text[] NOT NULL,
    status smallint NOT NULL,
    fault text,
    last boolean NOT NULL
);

ALTER TABLE fascia.audit_record ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME fascia.audit_record_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE fascia.file_delivery (
    system text NOT NULL COLLATE pg_catalog."C",
    outcome text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL,
    version text NOT NULL,
    as_of text NOT NULL,
    at_ms bigint NOT NULL,
    lines bigint NOT NULL,
    rejected bigint NOT NULL,
    fault text,
    reason text,
    CONSTRAINT file_delivery_outcome_check CHECK ((outcome = ANY (ARRAY['loaded'::text, 'refused'::text])))
);

CREATE TABLE fascia.file_rejection (
    system text NOT NULL COLLATE pg_catalog."C",
    outcome text NOT NULL COLLATE pg_catalog."C",
    file text NOT NULL COLLATE pg_catalog."C",
    line bigint NOT NULL,
    reason text NOT NULL,
    field text
);

CREATE TABLE fascia.inbox (
    id bigint NOT NULL,
    feed text NOT NULL COLLATE pg_catalog."C",
    sender text NOT NULL COLLATE pg_catalog."C",
    control_id text NOT NULL COLLATE pg_catalog."C",
    event text NOT NULL COLLATE pg_catalog."C",
    identity bytea,
    address text NOT NULL,
    encoding text NOT NULL,
    flaws text[] NOT NULL,
    digest bytea NOT NULL,
    body bytea NOT NULL,
    answer bytea,
    received_at timestamp with time zone NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    reason text COLLATE pg_catalog."C",
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT inbox_check CHECK (((reason IS NULL) = (state = ANY (ARRAY['queued'::text, 'mapped'::text])))),
    CONSTRAINT inbox_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'mapped'::text, 'filtered'::text, 'quarantined'::text])))
);

ALTER TABLE fascia.inbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME fascia.inbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE fascia.link_state (
    only_row boolean DEFAULT true NOT NULL,
    as_of_ms bigint,
    CONSTRAINT link_state_only_row_check CHECK (only_row)
);

CREATE TABLE fascia.migration (
    id integer NOT NULL,
    name character varying(255),
    batch integer,
    migration_time timestamp with time zone
);

CREATE TABLE fascia.migration_file (
    name text NOT NULL,
    sha256 text NOT NULL
);

CREATE SEQUENCE fascia.migration_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE fascia.migration_id_seq OWNED BY fascia.migration.id;

CREATE TABLE fascia.migration_lock (
    index integer NOT NULL,
    is_locked integer
);

CREATE SEQUENCE fascia.migration_lock_index_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE fascia.migration_lock_index_seq OWNED BY fascia.migration_lock.index;

CREATE TABLE fascia.person_exception (
    branch text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL,
    CONSTRAINT person_exception_kind_check CHECK ((kind = ANY (ARRAY['primary'::text, 'secondary'::text])))
);

CREATE TABLE fascia.person_identifier (
    system text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    person text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE fascia.person_member (
    branch text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    person text NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    is_primary boolean NOT NULL,
    identifiers text NOT NULL,
    candidates text NOT NULL
);

CREATE TABLE fascia.resource_version (
    id text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    type text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    message bigint NOT NULL
);

CREATE TABLE fascia.setting (
    name text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL
);

CREATE TABLE fascia.thing (
    id text NOT NULL COLLATE pg_catalog."C",
    type text NOT NULL COLLATE pg_catalog."C",
    system text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    parts text NOT NULL,
    version integer NOT NULL,
    digest bytea NOT NULL
);

ALTER TABLE ONLY fascia.migration ALTER COLUMN id SET DEFAULT nextval('fascia.migration_id_seq'::regclass);

ALTER TABLE ONLY fascia.migration_lock ALTER COLUMN index SET DEFAULT nextval('fascia.migration_lock_index_seq'::regclass);

ALTER TABLE ONLY fascia.audit_record
    ADD CONSTRAINT audit_record_pkey PRIMARY KEY (at, id);

ALTER TABLE ONLY fascia.file_delivery
    ADD CONSTRAINT file_delivery_pkey PRIMARY KEY (system, outcome);

ALTER TABLE ONLY fascia.file_rejection
    ADD CONSTRAINT file_rejection_pkey PRIMARY KEY (system, outcome, file, line);

ALTER TABLE ONLY fascia.inbox
    ADD CONSTRAINT inbox_identity_key UNIQUE (identity);

ALTER TABLE ONLY fascia.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY fascia.link_state
    ADD CONSTRAINT link_state_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY fascia.migration_file
    ADD CONSTRAINT migration_file_pkey PRIMARY KEY (name);

ALTER TABLE ONLY fascia.migration_lock
    ADD CONSTRAINT migration_lock_pkey PRIMARY KEY (index);

ALTER TABLE ONLY fascia.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (id);

ALTER TABLE ONLY fascia.person_exception
    ADD CONSTRAINT person_exception_pkey PRIMARY KEY (branch, key);

ALTER TABLE ONLY fascia.person_identifier
    ADD CONSTRAINT person_identifier_pkey PRIMARY KEY (system, value, person);

ALTER TABLE ONLY fascia.person_member
    ADD CONSTRAINT person_member_person_position_key UNIQUE (person, "position");

ALTER TABLE ONLY fascia.person_member
    ADD CONSTRAINT person_member_pkey PRIMARY KEY (branch, key);

ALTER TABLE ONLY fascia.resource_version
    ADD CONSTRAINT resource_version_pkey PRIMARY KEY (id, version);

ALTER TABLE ONLY fascia.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (name);

ALTER TABLE ONLY fascia.thing
    ADD CONSTRAINT thing_pkey PRIMARY KEY (id);

CREATE INDEX inbox_feed ON fascia.inbox USING btree (feed, id);

CREATE INDEX inbox_look ON fascia.inbox USING btree (feed, state, reason) WHERE (state = ANY (ARRAY['queued'::text, 'quarantined'::text]));

CREATE INDEX inbox_open ON fascia.inbox USING btree (id) WHERE (state = 'queued'::text);

CREATE INDEX person_identifier_value ON fascia.person_identifier USING btree (value);

CREATE INDEX person_member_secondary ON fascia.person_member USING btree (branch) WHERE (NOT is_primary);

CREATE INDEX resource_version_message ON fascia.resource_version USING btree (message);

ALTER TABLE ONLY fascia.file_rejection
    ADD CONSTRAINT file_rejection_system_outcome_fkey FOREIGN KEY (system, outcome) REFERENCES fascia.file_delivery(system, outcome) ON DELETE CASCADE;

ALTER TABLE ONLY fascia.resource_version
    ADD CONSTRAINT resource_version_id_fkey FOREIGN KEY (id) REFERENCES fascia.thing(id);

ALTER TABLE ONLY fascia.resource_version
    ADD CONSTRAINT resource_version_message_fkey FOREIGN KEY (message) REFERENCES fascia.inbox(id);
