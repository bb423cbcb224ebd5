-- The embedded store. One writer, many readers (WAL). Everything a shard owns begins with its number, so that a shard is a range.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE shard (
  shard INTEGER PRIMARY KEY,
  epoch INTEGER NOT NULL,
  owner TEXT NOT NULL
);

-- entity kinds and event types, stored once and named by number elsewhere
CREATE TABLE name (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);

-- index names with the number of their entries, kept exact in the same transaction
CREATE TABLE idx (
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL UNIQUE,
  count INTEGER NOT NULL
);

CREATE TABLE entity (
  shard   INTEGER NOT NULL,
  kind    INTEGER NOT NULL,
  id      TEXT NOT NULL,
  version INTEGER NOT NULL,
  schema  INTEGER NOT NULL,
  state   BLOB NOT NULL,
  PRIMARY KEY (shard, kind, id)
) WITHOUT ROWID;

CREATE TABLE history (
  shard   INTEGER NOT NULL,
  kind    INTEGER NOT NULL,
  id      TEXT NOT NULL,
  version INTEGER NOT NULL,
  type    INTEGER NOT NULL,
  at      INTEGER NOT NULL, -- Unix microseconds
  data    BLOB NOT NULL,
  PRIMARY KEY (shard, kind, id, version)
) WITHOUT ROWID;

CREATE TABLE lease (
  shard INTEGER NOT NULL,
  kind  INTEGER NOT NULL,
  id    TEXT NOT NULL,
  type  INTEGER NOT NULL,
  at    INTEGER NOT NULL,
  data  BLOB NOT NULL,
  PRIMARY KEY (shard, kind, id)
) WITHOUT ROWID;

CREATE TABLE entry (
  shard INTEGER NOT NULL,
  idx   INTEGER NOT NULL,
  sort  INTEGER NOT NULL,
  kind  TEXT NOT NULL, -- in full: the order of entries is that of the kinds' names, not of their numbers
  id    TEXT NOT NULL,
  value TEXT,
  PRIMARY KEY (shard, idx, sort, kind, id)
) WITHOUT ROWID;

CREATE TABLE unique_key (
  shard INTEGER NOT NULL,
  key   TEXT NOT NULL,
  kind  INTEGER NOT NULL,
  id    TEXT NOT NULL,
  PRIMARY KEY (shard, key)
) WITHOUT ROWID;
