-- The backups that a run of expire deletes.

CREATE TABLE mb_expiry (
	run_id BIGINT NOT NULL REFERENCES mb_run (id) ON DELETE CASCADE,
	backup VARCHAR NOT NULL,
	-- in which they are deleted
	list_position INT NOT NULL,
	-- of the backup when it was chosen, from here to bytes
	backup_state VARCHAR(16) NOT NULL,
	backup_id VARCHAR NOT NULL,
	backup_time TIMESTAMP(3) WITH TIME ZONE NOT NULL,
	milvus_version VARCHAR NOT NULL,
	bytes BIGINT NOT NULL,
	reasons VARCHAR NOT NULL,
	deleted BOOLEAN NOT NULL,
	-- deleted so far
	objects BIGINT NOT NULL,
	-- why it could not be deleted, else empty
	problem VARCHAR NOT NULL,
	CONSTRAINT mb_expiry_key PRIMARY KEY (run_id, backup)
);
