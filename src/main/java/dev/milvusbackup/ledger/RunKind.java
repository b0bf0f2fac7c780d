package dev.milvusbackup.ledger;

/**
 * What a run does.
 */
public enum RunKind {

	BACKUP, RESTORE, VERIFY, EXPIRE

}
