package dev.milvusbackup.ledger;

/**
 * What makes two commands the same run.
 *
 * @param place where the backup lies: store address and root path
 * @param subject backup name for a backup; backup name, target and mapping for a restore
 */
public record RunIdentity(RunKind kind, String place, String subject) {
}
