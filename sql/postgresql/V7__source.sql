-- What a backup run found of its source as a whole.

CREATE TABLE mb_source (
	run_id BIGINT PRIMARY KEY REFERENCES mb_run (id) ON DELETE CASCADE,
	-- JSON with the keys of the manifest, without secrets
	description TEXT NOT NULL
);
