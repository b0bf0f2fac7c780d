-- What is running now, and how far is it?
-- A killed process leaves its execution as it was: see stuck-executions.sql.
SELECT r.id AS run, r.kind, r.backup, e.STATUS AS status, e.START_TIME AS started, s.step, l.host, l.pid
FROM mb_run r
JOIN BATCH_JOB_EXECUTION_PARAMS p ON p.PARAMETER_NAME = 'run' AND p.PARAMETER_VALUE = CAST(r.id AS VARCHAR)
JOIN BATCH_JOB_EXECUTION e ON e.JOB_EXECUTION_ID = p.JOB_EXECUTION_ID
JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID AND i.JOB_NAME = LOWER(r.kind)
LEFT JOIN (
	SELECT JOB_EXECUTION_ID, MAX(STEP_NAME) AS step
	FROM BATCH_STEP_EXECUTION
	WHERE STATUS IN ('STARTING', 'STARTED', 'STOPPING') AND STEP_NAME NOT LIKE '%:%'
	GROUP BY JOB_EXECUTION_ID
) s ON s.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID
LEFT JOIN mb_lease l ON l.subject = CONCAT(r.kind, ' ', r.place, ' ', r.subject)
WHERE e.STATUS IN ('STARTING', 'STARTED', 'STOPPING')
ORDER BY r.id;
