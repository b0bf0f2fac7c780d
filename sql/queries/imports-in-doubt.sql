-- Which imports were sent to Milvus without an answer that is known? The same restore command looks for them among the
-- server's own jobs before it sends anything again.
SELECT r.id AS run, r.backup, m.collection, m.partition_name, m.state, m.job_id, m.row_count, m.reason
FROM mb_import m
JOIN mb_run r ON r.id = m.run_id
WHERE m.state IN ('SUBMITTING', 'SUBMITTED') AND r.state <> 'COMPLETE'
ORDER BY r.id, m.import_order, m.import_key;
