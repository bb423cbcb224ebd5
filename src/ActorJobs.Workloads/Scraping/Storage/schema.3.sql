-- Version 3: scrapes are entities of the node's store; what remains here is what their steps work on. "runs" only holds that together.

DROP INDEX runs_open_by_user;
DROP TABLE run_companies;
ALTER TABLE runs DROP COLUMN user;
ALTER TABLE runs DROP COLUMN enrich;
ALTER TABLE runs DROP COLUMN state;
ALTER TABLE runs DROP COLUMN finished_at;
CREATE INDEX runs_by_age ON runs (created_at);

-- that a company's postings are stored, until its scrape knows it
CREATE TABLE stored_companies (
  run_id  TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  company TEXT NOT NULL,
  found   INTEGER NOT NULL,
  added   INTEGER NOT NULL,
  closed  INTEGER NOT NULL,
  PRIMARY KEY (run_id, company)
) STRICT, WITHOUT ROWID;
