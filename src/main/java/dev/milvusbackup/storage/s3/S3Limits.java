package dev.milvusbackup.storage.s3;

import java.time.Duration;

import dev.milvusbackup.storage.StorageProperties;

/**
 * Sizes and times that the requests keep to. Without an answer for as long as the timeout
 * says, a request has failed; there is no limit on how long bytes may flow.
 *
 * @param plainCopyBytes objects of fewer bytes are copied in one request
 * @param partBytes smallest part of a multipart copy or upload but for the last
 * @param partsAtOnce parts of one object that are copied at the same time
 * @param connect how long a connection may take
 * @param answer how long a server may be silent
 * @param copyAnswer the same while it copies
 */
record S3Limits(long plainCopyBytes, long partBytes, int partsAtOnce, Duration connect, Duration answer,
		Duration copyAnswer) {

	private static final long MIB = 1024 * 1024;

	private static final int MAX_PARTS = 10_000;

	/** The protocol's limit for one request. */
	private static final long MAX_PLAIN_COPY = 5 * 1024 * MIB;

	/**
	 * What the tool uses, with the multipart threshold of the settings where the provider
	 * can copy in parts at all.
	 */
	static S3Limits of(StorageProperties properties) {
		long plain = "gcp".equals(properties.provider()) ? Long.MAX_VALUE
				: Math.min(properties.multipartThreshold(), MAX_PLAIN_COPY);
		return new S3Limits(plain, 64 * MIB, 8, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5));
	}

	/**
	 * Size of the parts of an object, so that it has at most 10,000 of them.
	 */
	long partBytes(long objectBytes) {
		long needed = ceilDiv(objectBytes, MAX_PARTS);
		return Math.max(this.partBytes, ceilDiv(needed, MIB) * MIB);
	}

	private static long ceilDiv(long value, long divisor) {
		return (value + divisor - 1) / divisor;
	}

}
