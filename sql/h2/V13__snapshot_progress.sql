-- How far the jobs are by which Milvus copies snapshots out and in, as it tells it.
-- H2 commits each statement by itself: every one must be repeatable after a crash in between.

ALTER TABLE mb_snapshot ADD COLUMN IF NOT EXISTS files_copied BIGINT DEFAULT 0 NOT NULL;
UPDATE mb_snapshot SET files_copied = files WHERE state = 'EXPORTED';
ALTER TABLE mb_import ADD COLUMN IF NOT EXISTS percent INT DEFAULT 0 NOT NULL;
