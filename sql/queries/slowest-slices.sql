-- Which slices took longest in the last seven days? One far above the others holds a very large segment.
SELECT r.id AS run, r.backup, s.STEP_NAME AS slice, s.WRITE_COUNT AS segments,
	EXTRACT(EPOCH FROM (s.END_TIME - s.START_TIME)) AS seconds
FROM BATCH_STEP_EXECUTION s
JOIN BATCH_JOB_EXECUTION_PARAMS p ON p.JOB_EXECUTION_ID = s.JOB_EXECUTION_ID AND p.PARAMETER_NAME = 'run'
JOIN mb_run r ON CAST(r.id AS VARCHAR) = p.PARAMETER_VALUE
WHERE s.STEP_NAME LIKE '%:%' AND s.END_TIME IS NOT NULL AND s.LAST_UPDATED > LOCALTIMESTAMP - INTERVAL '7' DAY
ORDER BY seconds DESC
LIMIT 20;
