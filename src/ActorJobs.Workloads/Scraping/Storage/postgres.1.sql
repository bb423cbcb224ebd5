-- Version 1: the tables of schema.sql to schema.3.sql, where they are told about, in PostgreSQL's types. Instants are Unix milliseconds.

CREATE TABLE runs (
  seq        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id         text NOT NULL UNIQUE,
  created_at bigint NOT NULL
);
CREATE INDEX runs_by_age ON runs (created_at);

CREATE TABLE pages (
  url           text PRIMARY KEY,
  final_url     text NOT NULL,
  etag          text,
  last_modified bigint,
  body          bytea NOT NULL,
  fetched_at    bigint NOT NULL
);
ALTER TABLE pages ALTER COLUMN body SET STORAGE EXTERNAL; -- brotli already
CREATE INDEX pages_by_age ON pages (fetched_at);

CREATE TABLE run_pages (
  run_id   text NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  company  text NOT NULL,
  position integer NOT NULL,
  url      text NOT NULL,
  kind     text NOT NULL DEFAULT 'Page',
  PRIMARY KEY (run_id, company, url)
);
CREATE INDEX run_pages_by_url ON run_pages (url);

CREATE TABLE run_failures (
  run_id  text NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  company text NOT NULL,
  url     text NOT NULL,
  code    text NOT NULL,
  problem text NOT NULL,
  PRIMARY KEY (run_id, company, url)
);

CREATE TABLE drafts (
  run_id   text NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  company  text NOT NULL,
  position integer NOT NULL,
  document text NOT NULL,
  PRIMARY KEY (run_id, company, position)
);

CREATE TABLE stored_companies (
  run_id  text NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  company text NOT NULL,
  found   integer NOT NULL,
  added   integer NOT NULL,
  closed  integer NOT NULL,
  PRIMARY KEY (run_id, company)
);

CREATE TABLE postings (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  fingerprint text NOT NULL,
  title       text NOT NULL,
  company     text NOT NULL,
  locations   text NOT NULL,
  skills      text NOT NULL,
  body        text NOT NULL,
  remote      integer,
  language    text,
  document    text NOT NULL,
  first_seen  bigint NOT NULL,
  last_seen   bigint NOT NULL,
  closed_at   bigint,
  -- what is searched and filtered by, written after the rest (PostgresBackend.Index)
  search      tsvector NOT NULL DEFAULT '',
  types       text[] NOT NULL DEFAULT '{}',
  skill_names text[] NOT NULL DEFAULT '{}',    -- in lower case
  seniority   text,
  posted_on   date
);
CREATE INDEX postings_by_fingerprint ON postings (fingerprint);
CREATE INDEX postings_by_company ON postings (lower(company), id);
CREATE INDEX postings_by_words ON postings USING gin (search);

CREATE TABLE posting_urls (
  url        text PRIMARY KEY,
  posting_id bigint NOT NULL REFERENCES postings (id) ON DELETE CASCADE
);
CREATE INDEX posting_urls_by_posting ON posting_urls (posting_id);

CREATE TABLE posting_sources (
  company    text NOT NULL,
  posting_id bigint NOT NULL REFERENCES postings (id) ON DELETE CASCADE,
  seen_at    bigint NOT NULL,
  PRIMARY KEY (company, posting_id)
);
CREATE INDEX posting_sources_by_posting ON posting_sources (posting_id);

CREATE TABLE enrichments (
  key      text PRIMARY KEY,
  document text NOT NULL,
  used_at  bigint NOT NULL
);
CREATE INDEX enrichments_by_age ON enrichments (used_at);
