package dev.milvusbackup.launch;

/**
 * How far a run is.
 *
 * @param step name of the current step
 * @param total 0 while unknown
 */
public record RunProgress(String step, long bytes, long totalBytes, long objects, long totalObjects) {
}
