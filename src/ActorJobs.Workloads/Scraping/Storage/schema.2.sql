-- Version 2: what a run could not fetch, postings that are gone, enrichments kept by content.

ALTER TABLE run_pages ADD COLUMN kind TEXT NOT NULL DEFAULT 'Page';

-- whether the crawl saw all there is: only then is a posting that it did not see gone
ALTER TABLE run_companies ADD COLUMN is_whole INTEGER NOT NULL DEFAULT 0;

CREATE TABLE run_failures (
  run_id  TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  company TEXT NOT NULL,
  url     TEXT NOT NULL,
  code    TEXT NOT NULL,
  problem TEXT NOT NULL,
  PRIMARY KEY (run_id, company, url)
) STRICT, WITHOUT ROWID;

ALTER TABLE postings ADD COLUMN closed_at INTEGER;

-- which companies' crawls a posting was found by
CREATE TABLE posting_sources (
  company    TEXT NOT NULL,
  posting_id INTEGER NOT NULL REFERENCES postings (id) ON DELETE CASCADE,
  seen_at    INTEGER NOT NULL,
  PRIMARY KEY (company, posting_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_sources_by_posting ON posting_sources (posting_id);

CREATE TABLE enrichments (
  key      TEXT PRIMARY KEY,                   -- hash of the enricher and of all it read
  document TEXT NOT NULL,
  used_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX enrichments_by_age ON enrichments (used_at);

CREATE INDEX runs_open_by_user ON runs (user) WHERE finished_at IS NULL;
