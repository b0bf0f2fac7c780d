-- How far are the unfinished runs? Of a restore the segments are those that are staged; its imports are counted too.
SELECT r.id AS run, r.kind, r.backup, r.state, COALESCE(s.segments, 0) AS segments, COALESCE(s.done, 0) AS segments_done,
	COALESCE(s.bytes, 0) AS bytes, COALESCE(s.bytes_done, 0) AS bytes_done, COALESCE(m.imports, 0) AS imports,
	COALESCE(m.imported, 0) AS imported
FROM mb_run r
LEFT JOIN (
	SELECT run_id, COUNT(*) AS segments, SUM(CASE WHEN done THEN 1 ELSE 0 END) AS done, SUM(bytes) AS bytes,
		SUM(CASE WHEN done THEN bytes ELSE 0 END) AS bytes_done
	FROM mb_segment
	GROUP BY run_id
) s ON s.run_id = r.id
LEFT JOIN (
	SELECT run_id, COUNT(*) AS imports, SUM(CASE WHEN state = 'IMPORTED' THEN 1 ELSE 0 END) AS imported
	FROM mb_import
	GROUP BY run_id
) m ON m.run_id = r.id
WHERE r.state <> 'COMPLETE'
ORDER BY r.id;
