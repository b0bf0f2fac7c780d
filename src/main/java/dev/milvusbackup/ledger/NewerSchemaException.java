package dev.milvusbackup.ledger;

/**
 * The job repository's schema is of a newer release than this program. Nothing was
 * changed.
 */
public final class NewerSchemaException extends LedgerException {

	NewerSchemaException(int version, int known) {
		super("unable to use the job repository: its schema is version " + version
				+ ", this program knows versions up to " + known,
				"use the newer release of milvus-backup that wrote it", null);
	}

}
