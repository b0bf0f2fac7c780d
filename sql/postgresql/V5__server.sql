-- What the server remembers beyond a restart.

CREATE TABLE mb_run_name (
	-- what a client calls a run: a request id or a restore id
	kind VARCHAR(16) NOT NULL,
	name VARCHAR(255) NOT NULL,
	run_id BIGINT NOT NULL REFERENCES mb_run (id) ON DELETE CASCADE,
	CONSTRAINT mb_run_name_key PRIMARY KEY (kind, name)
);
CREATE INDEX mb_run_name_run ON mb_run_name (run_id);

-- the last verification of each backup
CREATE TABLE mb_verification (
	-- SHA-256 of place and backup
	backup_key CHAR(64) PRIMARY KEY,
	place VARCHAR NOT NULL,
	backup VARCHAR NOT NULL,
	backup_id VARCHAR NOT NULL,
	verified_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
	deep BOOLEAN NOT NULL,
	objects BIGINT NOT NULL,
	problems BIGINT NOT NULL
);
