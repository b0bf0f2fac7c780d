-- Who runs what.

CREATE TABLE mb_lease (
	-- SHA-256 of the subject
	lease_key CHAR(64) PRIMARY KEY,
	subject VARCHAR NOT NULL,
	owner_id VARCHAR(64) NOT NULL,
	host VARCHAR NOT NULL,
	-- tells processes with one numbering of pids from others
	machine VARCHAR NOT NULL,
	pid BIGINT NOT NULL,
	process_start VARCHAR NOT NULL,
	-- milliseconds of the database's clock
	heartbeat BIGINT NOT NULL
);

CREATE TABLE mb_launch_lock (
	-- SHA-256 of the subject
	lock_key CHAR(64) PRIMARY KEY,
	subject VARCHAR NOT NULL
);
