package dev.milvusbackup.backup;

/**
 * What a run leaves beside its objects, to be recognised by the same command later.
 *
 * @param fingerprint of all options that change the result
 * @param request the options as JSON, without secrets
 */
public record RequestMark(String fingerprint, String request) {
}
