-- Snapshots that backup runs take in Milvus, and their export.

CREATE TABLE IF NOT EXISTS mb_snapshot (
	run_id BIGINT NOT NULL REFERENCES mb_run (id) ON DELETE CASCADE,
	collection_id BIGINT NOT NULL,
	-- database.collection
	collection VARCHAR NOT NULL,
	-- address of the Milvus
	server VARCHAR NOT NULL,
	attempt INT NOT NULL,
	name VARCHAR NOT NULL,
	state VARCHAR(16) NOT NULL,
	-- whether Milvus may have the snapshot: set before it is taken, taken back when it is dropped
	held BOOLEAN NOT NULL,
	created_timestamp BIGINT NOT NULL,
	job_id BIGINT NOT NULL,
	-- relative to the directory of the backup
	metadata_path VARCHAR NOT NULL,
	files BIGINT NOT NULL,
	bytes BIGINT NOT NULL,
	row_count BIGINT NOT NULL,
	CONSTRAINT mb_snapshot_key PRIMARY KEY (run_id, collection_id)
);
