-- What is needed to carry out the request of a run again.
-- H2 commits each statement by itself: every one must be repeatable after a crash in between.

CREATE TABLE IF NOT EXISTS mb_request (
	run_id BIGINT PRIMARY KEY REFERENCES mb_run (id) ON DELETE CASCADE,
	-- JSON, without secrets
	content CLOB NOT NULL
);
