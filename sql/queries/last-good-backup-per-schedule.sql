-- When was the last complete backup of each schedule? A schedule is a name without the date at its end.
SELECT REGEXP_REPLACE(r.backup, '_*[0-9_]+$', '') AS schedule, MAX(r.updated_at) AS last_good, COUNT(*) AS good
FROM mb_run r
WHERE r.kind = 'BACKUP' AND r.state = 'COMPLETE'
GROUP BY REGEXP_REPLACE(r.backup, '_*[0-9_]+$', '')
ORDER BY last_good;
