-- What a restore has done to its targets.
-- H2 commits each statement by itself: every one must be repeatable after a crash in between.

CREATE TABLE IF NOT EXISTS mb_restore_target (
	run_id BIGINT NOT NULL REFERENCES mb_run (id),
	collection_id BIGINT NOT NULL,
	creation VARCHAR(16) NOT NULL,
	-- newest import job of the collection before the run's own, -1 before that was asked
	import_baseline BIGINT NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT mb_restore_target_key PRIMARY KEY (run_id, collection_id)
);
