-- What runs of verify have compared so far.
-- H2 commits each statement by itself: every one must be repeatable after a crash in between.

CREATE TABLE IF NOT EXISTS mb_verify (
	run_id BIGINT PRIMARY KEY REFERENCES mb_run (id) ON DELETE CASCADE,
	-- that the description names
	objects BIGINT NOT NULL,
	bytes BIGINT NOT NULL,
	-- done so far, in the order of the list of objects
	objects_done BIGINT NOT NULL,
	bytes_done BIGINT NOT NULL,
	-- of these, compared with a checksum
	hashed BIGINT NOT NULL,
	-- the last one, empty before the first
	last_key VARCHAR NOT NULL,
	problems BIGINT NOT NULL
);

-- the first problems of each run
CREATE TABLE IF NOT EXISTS mb_verify_problem (
	run_id BIGINT NOT NULL REFERENCES mb_run (id) ON DELETE CASCADE,
	problem_number INT NOT NULL,
	object_key VARCHAR NOT NULL,
	problem VARCHAR NOT NULL,
	CONSTRAINT mb_verify_problem_key PRIMARY KEY (run_id, problem_number)
);

-- The server wrote the place of the backups otherwise than the runs do: nobody finds these any more.
DELETE FROM mb_verification;
