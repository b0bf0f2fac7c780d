-- How far the jobs are by which Milvus copies snapshots out and in, as it tells it.

ALTER TABLE mb_snapshot ADD COLUMN files_copied BIGINT DEFAULT 0 NOT NULL;
UPDATE mb_snapshot SET files_copied = files WHERE state = 'EXPORTED';
ALTER TABLE mb_import ADD COLUMN percent INT DEFAULT 0 NOT NULL;
