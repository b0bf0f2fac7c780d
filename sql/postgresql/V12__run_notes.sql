-- What a person should know of a run that ended well nevertheless: what was left out, what went otherwise.

CREATE TABLE mb_run_note (
	run_id BIGINT NOT NULL REFERENCES mb_run (id) ON DELETE CASCADE,
	note_number INT NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT mb_run_note_key PRIMARY KEY (run_id, note_number)
);
