-- What would "milvus-backup purge --older_than 90d" remove, and how many executions and segments hang on it?
SELECT r.id AS run, r.kind, r.backup, r.updated_at,
	(SELECT COUNT(*) FROM BATCH_JOB_EXECUTION_PARAMS p JOIN BATCH_JOB_EXECUTION e ON e.JOB_EXECUTION_ID = p.JOB_EXECUTION_ID
		JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
		WHERE i.JOB_NAME = LOWER(r.kind) AND p.PARAMETER_NAME = 'run' AND p.PARAMETER_VALUE = CAST(r.id AS VARCHAR)) AS executions,
	(SELECT COUNT(*) FROM mb_segment s WHERE s.run_id = r.id) AS segments
FROM mb_run r
WHERE r.state IN ('COMPLETE', 'DAMAGED', 'ABANDONED') AND r.updated_at < CURRENT_TIMESTAMP - INTERVAL '90' DAY
ORDER BY r.id;
