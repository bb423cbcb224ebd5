-- Version 1. Instants are Unix milliseconds, states and steps are the names of their enums.

CREATE TABLE runs (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,            -- the id of the job scraping.run
  user        TEXT,
  enrich      INTEGER NOT NULL,
  state       TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;

CREATE TABLE run_companies (
  run_id      TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  company     TEXT NOT NULL,                   -- the canonical start URL
  position    INTEGER NOT NULL,
  state       TEXT NOT NULL,
  step        INTEGER NOT NULL DEFAULT 0,      -- 0 before the first step, then ScrapeStep
  attempt     INTEGER NOT NULL DEFAULT 0,
  job_id      TEXT,                            -- the job that holds the company now
  progress    REAL NOT NULL DEFAULT 0,         -- of the step
  message     TEXT,
  pages       INTEGER NOT NULL DEFAULT 0,
  found       INTEGER NOT NULL DEFAULT 0,
  added       INTEGER NOT NULL DEFAULT 0,
  errors      TEXT NOT NULL DEFAULT '[]',      -- JSON, the first of them
  updated_at  INTEGER NOT NULL,
  PRIMARY KEY (run_id, company)
) STRICT, WITHOUT ROWID;

CREATE TABLE pages (
  url           TEXT PRIMARY KEY,
  final_url     TEXT NOT NULL,
  etag          TEXT,
  last_modified INTEGER,
  body          BLOB NOT NULL,                 -- brotli of UTF-8
  fetched_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX pages_by_age ON pages (fetched_at);

CREATE TABLE run_pages (
  run_id   TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  company  TEXT NOT NULL,
  position INTEGER NOT NULL,
  url      TEXT NOT NULL,
  PRIMARY KEY (run_id, company, url)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_pages_by_url ON run_pages (url);

CREATE TABLE drafts (
  run_id   TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  company  TEXT NOT NULL,
  position INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (run_id, company, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE postings (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  fingerprint TEXT NOT NULL,
  title       TEXT NOT NULL,
  company     TEXT NOT NULL,
  locations   TEXT NOT NULL,
  skills      TEXT NOT NULL,
  body        TEXT NOT NULL,
  remote      INTEGER,
  language    TEXT,
  document    TEXT NOT NULL,                   -- the whole posting as JSON
  first_seen  INTEGER NOT NULL,
  last_seen   INTEGER NOT NULL
) STRICT;
CREATE INDEX postings_by_fingerprint ON postings (fingerprint);
CREATE INDEX postings_by_company ON postings (company COLLATE NOCASE, id);

CREATE TABLE posting_urls (
  url        TEXT PRIMARY KEY,
  posting_id INTEGER NOT NULL REFERENCES postings (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_urls_by_posting ON posting_urls (posting_id);

CREATE VIRTUAL TABLE postings_fts USING fts5 (
  title, company, locations, skills, body,
  content = 'postings', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);

CREATE TRIGGER postings_indexed AFTER INSERT ON postings BEGIN
  INSERT INTO postings_fts (rowid, title, company, locations, skills, body)
  VALUES (new.id, new.title, new.company, new.locations, new.skills, new.body);
END;

CREATE TRIGGER postings_unindexed AFTER DELETE ON postings BEGIN
  INSERT INTO postings_fts (postings_fts, rowid, title, company, locations, skills, body)
  VALUES ('delete', old.id, old.title, old.company, old.locations, old.skills, old.body);
END;

CREATE TRIGGER postings_reindexed AFTER UPDATE OF title, company, locations, skills, body ON postings BEGIN
  INSERT INTO postings_fts (postings_fts, rowid, title, company, locations, skills, body)
  VALUES ('delete', old.id, old.title, old.company, old.locations, old.skills, old.body);
  INSERT INTO postings_fts (rowid, title, company, locations, skills, body)
  VALUES (new.id, new.title, new.company, new.locations, new.skills, new.body);
END;
