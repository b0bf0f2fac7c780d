package dev.milvusbackup.manifest;

/**
 * The plan of an unfinished backup, kept beside its objects so that a run without its job
 * repository can go on (the segments are read and written separately).
 *
 * @param manifest what is planned
 * @param fingerprint of the options of the run that wrote it
 * @param request the options as JSON, without secrets
 */
public record Draft(BackupManifest manifest, String fingerprint, String request) {
}
