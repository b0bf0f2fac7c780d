-- What Milvus has to be told of the segments of an import.
-- H2 commits each statement by itself: every one must be repeatable after a crash in between.

ALTER TABLE mb_import ADD COLUMN IF NOT EXISTS segments INT DEFAULT 1 NOT NULL;
ALTER TABLE mb_import ADD COLUMN IF NOT EXISTS storage_version BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE mb_import ADD COLUMN IF NOT EXISTS end_timestamp BIGINT DEFAULT 0 NOT NULL;
