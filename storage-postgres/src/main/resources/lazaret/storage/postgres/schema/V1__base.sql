-- The schema of the store. Records are those of lazaret.storage.record. Names are qualified, because a pooler in transaction mode
-- keeps no search path. Texts compare by their bytes, as the keys of the store on RocksDB do.

CREATE TABLE lazaret.schema_state (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  version int NOT NULL,
  oldest_program int NOT NULL);

-- One row, which each announced commit locks last.
CREATE TABLE lazaret.cluster (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  id uuid NOT NULL,
  system_identifier bigint NOT NULL,
  timeline int NOT NULL,
  counter bigint NOT NULL,           -- the decision counter
  ledger_sequence bigint NOT NULL,
  ledger_hash bytea NOT NULL,
  change_floor bigint NOT NULL,      -- changes up to it were dropped
  losses int NOT NULL,               -- accepted losses
  flip_to bigint,                    -- the snapshot that is about to be served
  flip_lease bigint,
  max_staleness_ms int NOT NULL) WITH (fillfactor = 50);

CREATE TABLE lazaret.node (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  instance uuid UNIQUE NOT NULL,
  name text NOT NULL,
  program int NOT NULL,
  product text NOT NULL,
  started timestamptz NOT NULL,
  beat bigint NOT NULL,
  at timestamptz NOT NULL,
  applied bigint NOT NULL,
  reads_through bigint,
  max_staleness_ms int NOT NULL,
  policy text NOT NULL) WITH (fillfactor = 50);

CREATE SEQUENCE lazaret.lease_epoch;
CREATE TABLE lazaret.lease (
  key text COLLATE "C" PRIMARY KEY,
  holder uuid NOT NULL,
  epoch bigint NOT NULL,
  expires timestamptz NOT NULL);

CREATE TABLE lazaret.change (
  counter bigint NOT NULL,
  kind int NOT NULL,
  key text COLLATE "C" NOT NULL,
  node int NOT NULL,
  PRIMARY KEY (counter, kind, key));

CREATE TABLE lazaret.commit_log (
  counter bigint PRIMARY KEY,
  batch uuid NOT NULL,
  ledger_sequence bigint NOT NULL,
  node int NOT NULL,
  at timestamptz NOT NULL);
CREATE INDEX commit_log_at ON lazaret.commit_log (at);

CREATE TABLE lazaret.revision (
  scope text COLLATE "C" PRIMARY KEY,
  number bigint NOT NULL);

-- By collision key. A row is never deleted; a decision on a crate that is not stored makes one without records.
CREATE TABLE lazaret.crate (
  name text COLLATE "C" PRIMARY KEY,
  revision bigint NOT NULL,
  record bytea,
  freshness bytea,
  view bytea,
  summary bytea) WITH (fillfactor = 80);

-- The name of the crate is set for decisions alone.
CREATE TABLE lazaret.ledger (
  sequence bigint PRIMARY KEY,
  hash bytea NOT NULL,
  crate text COLLATE "C",
  record bytea NOT NULL);
CREATE INDEX ledger_decisions ON lazaret.ledger (crate, sequence) WHERE crate IS NOT NULL;

CREATE TABLE lazaret.findings (
  sha256 bytea PRIMARY KEY,
  record bytea NOT NULL);

-- An upload of an artifact: 0 begun, 1 live, 2 dead.
CREATE SEQUENCE lazaret.object_generation;
CREATE TABLE lazaret.object (
  sha256 bytea NOT NULL,
  generation bigint NOT NULL,
  state smallint NOT NULL,
  length bigint NOT NULL,
  node int NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (sha256, generation));
CREATE INDEX object_unsettled ON lazaret.object (at) WHERE state <> 1;

CREATE TABLE lazaret.artifact (
  sha256 bytea PRIMARY KEY,
  generation bigint NOT NULL,
  record bytea NOT NULL,
  FOREIGN KEY (sha256, generation) REFERENCES lazaret.object);
CREATE INDEX artifact_object ON lazaret.artifact (sha256, generation);

CREATE TABLE lazaret.request (
  name text COLLATE "C" NOT NULL,
  version text COLLATE "C" NOT NULL,
  record bytea NOT NULL,
  PRIMARY KEY (name, version));

-- The day counts from 1970-01-01. The name of the crate is its collision key; published is the name as its author wrote it.
CREATE TABLE lazaret.access (
  day bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  version text COLLATE "C" NOT NULL,
  sha256 bytea NOT NULL,
  token text COLLATE "C" NOT NULL,
  address text COLLATE "C" NOT NULL,
  published text NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (day, name, version, sha256, token, address));
CREATE INDEX access_version ON lazaret.access (name, version, day DESC);

CREATE TABLE lazaret.token (
  sha256 bytea PRIMARY KEY,
  record bytea NOT NULL);

CREATE TABLE lazaret.feed (
  name text COLLATE "C" PRIMARY KEY,
  record bytea NOT NULL);

-- The time in two numbers, because a timestamp has microseconds.
CREATE TABLE lazaret.verdict (
  name text COLLATE "C" NOT NULL,
  version text COLLATE "C" NOT NULL,
  second bigint NOT NULL,
  nano bigint NOT NULL,
  record bytea NOT NULL,
  PRIMARY KEY (name, version, second, nano));

CREATE TABLE lazaret.lockfile (
  sha256 bytea PRIMARY KEY,
  record bytea NOT NULL);

CREATE TABLE lazaret.desk_row (
  tab text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  value bytea NOT NULL,
  PRIMARY KEY (tab, key));

CREATE TABLE lazaret.meta (
  name text COLLATE "C" PRIMARY KEY,
  value bytea NOT NULL);

CREATE TABLE lazaret.snapshot (
  sequence bigint PRIMARY KEY,
  record bytea NOT NULL);

CREATE TABLE lazaret.snapshot_crate (
  name text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  record bytea NOT NULL,
  leaf bytea NOT NULL,
  PRIMARY KEY (name, sequence));
CREATE INDEX snapshot_crate_sequence ON lazaret.snapshot_crate (sequence);

-- The last day on which a client received an artifact, and artifacts that a rule removed.
CREATE TABLE lazaret.artifact_use (
  sha256 bytea PRIMARY KEY,
  day bigint NOT NULL);
CREATE TABLE lazaret.removed_artifact (
  sha256 bytea PRIMARY KEY,
  record bytea NOT NULL);

INSERT INTO lazaret.schema_state (version, oldest_program) VALUES (1, 1);

INSERT INTO lazaret.cluster (
  id, system_identifier, timeline, counter, ledger_sequence, ledger_hash, change_floor, losses, max_staleness_ms)
SELECT
  gen_random_uuid(),
  system_identifier,
  ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int,
  0, 0, decode(repeat('00', 32), 'hex'), 0, 0, 1000
FROM pg_control_system();
