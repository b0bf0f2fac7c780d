-- Which executions say that they run, but nothing was heard of them for ten minutes? Their process was killed, or it
-- copies one very large object. Nothing has to be repaired by hand: the same command recovers them and goes on.
SELECT r.id AS run, r.kind, r.backup, e.JOB_EXECUTION_ID AS execution, e.STATUS AS status, a.last_sign
FROM BATCH_JOB_EXECUTION e
JOIN BATCH_JOB_EXECUTION_PARAMS p ON p.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID AND p.PARAMETER_NAME = 'run'
JOIN mb_run r ON CAST(r.id AS VARCHAR) = p.PARAMETER_VALUE
JOIN (
	SELECT x.JOB_EXECUTION_ID, MAX(COALESCE(s.LAST_UPDATED, x.LAST_UPDATED)) AS last_sign
	FROM BATCH_JOB_EXECUTION x
	LEFT JOIN BATCH_STEP_EXECUTION s ON s.JOB_EXECUTION_ID = x.JOB_EXECUTION_ID
	GROUP BY x.JOB_EXECUTION_ID
) a ON a.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID
WHERE e.STATUS IN ('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN') AND a.last_sign < LOCALTIMESTAMP - INTERVAL '10' MINUTE
ORDER BY r.id;
