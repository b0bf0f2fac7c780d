-- What is needed to carry out the request of a run again.

CREATE TABLE mb_request (
	run_id BIGINT PRIMARY KEY REFERENCES mb_run (id) ON DELETE CASCADE,
	-- JSON, without secrets
	content TEXT NOT NULL
);
