-- What Milvus has to be told of the segments of an import.

ALTER TABLE mb_import ADD COLUMN segments INT DEFAULT 1 NOT NULL;
ALTER TABLE mb_import ADD COLUMN storage_version BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE mb_import ADD COLUMN end_timestamp BIGINT DEFAULT 0 NOT NULL;
