-- What a backup run found of its source as a whole.
-- H2 commits each statement by itself: every one must be repeatable after a crash in between.

CREATE TABLE IF NOT EXISTS mb_source (
	run_id BIGINT PRIMARY KEY REFERENCES mb_run (id) ON DELETE CASCADE,
	-- JSON with the keys of the manifest, without secrets
	description CLOB NOT NULL
);
