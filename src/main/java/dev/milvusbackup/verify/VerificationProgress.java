package dev.milvusbackup.verify;

/**
 * Is told what was verified. Called from several threads.
 */
@FunctionalInterface
public interface VerificationProgress {

	void verified(long objects, long bytes);

}
