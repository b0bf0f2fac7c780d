package dev.milvusbackup.storage.s3;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.StorageException;
import io.minio.ListObjectsV2Args;
import io.minio.messages.Contents;
import io.minio.messages.Item;
import io.minio.messages.ListBucketResultV2;
import io.minio.messages.ListObjectsResult;
import org.jspecify.annotations.Nullable;

/**
 * Fetches listing pages of the bucket.
 */
final class S3Pages {

	private static final int PAGE_ENTRIES = 1000;

	private final S3Client client;

	private final S3Calls calls;

	S3Pages(S3Client client, S3Calls calls) {
		this.client = client;
		this.calls = calls;
	}

	/**
	 * The page that the token of the one before leads to.
	 */
	ListBucketResultV2 page(ObjectPrefix prefix, Depth depth, @Nullable String token) {
		ListObjectsV2Args args = ListObjectsV2Args.builder()
			.bucket(this.client.bucket())
			.prefix(prefix.value())
			.delimiter((depth == Depth.ONE) ? "/" : null)
			.continuationToken(token)
			.encodingType("url")
			.maxKeys((depth == Depth.PROBE) ? 1 : PAGE_ENTRIES)
			.build();
		ListBucketResultV2 page = this.calls.call("list", prefix.value(), () -> this.client.listObjectsV2(args))
			.result();
		if (page.isTruncated() && page.nextContinuationToken() == null) {
			throw new StorageException(StorageException.Kind.PERMANENT, "unable to list '"
					+ this.calls.named(prefix.value()) + "': the server ends a page without a way to the next", null,
					null);
		}
		return page;
	}

	/**
	 * Names directly below the prefix that hold objects.
	 */
	List<String> directories(ObjectPrefix prefix) {
		List<String> names = new ArrayList<>();
		String token = null;
		boolean last = false;
		while (!last) {
			ListBucketResultV2 page = page(prefix, Depth.ONE, token);
			page.commonPrefixes().forEach((common) -> names.add(name(prefix, common, page.encodingType())));
			token = page.nextContinuationToken();
			last = !page.isTruncated();
		}
		return names.stream().sorted().toList();
	}

	/**
	 * When any of these objects below the prefix was last written; empty when there is
	 * none.
	 */
	Optional<Instant> lastModified(ObjectPrefix prefix, Predicate<ObjectKey> which) {
		@Nullable Instant newest = null;
		String token = null;
		boolean last = false;
		while (!last) {
			ListBucketResultV2 page = page(prefix, Depth.ALL, token);
			for (Contents item : page.contents()) {
				item.setEncodingType(page.encodingType());
				boolean counts = !item.objectName().endsWith("/")
						&& which.test(S3Listing.key(prefix, item.objectName()));
				Instant time = item.lastModified().toInstant();
				if (counts && (newest == null || time.isAfter(newest))) {
					newest = time;
				}
			}
			token = page.nextContinuationToken();
			last = !page.isTruncated();
		}
		return Optional.ofNullable(newest);
	}

	/**
	 * Fails when there is no such bucket.
	 */
	void requireBucket() {
		page(ObjectPrefix.ROOT, Depth.PROBE, null);
	}

	private static String name(ObjectPrefix prefix, ListObjectsResult.Prefix common, @Nullable String encoding) {
		Item item = common.toItem();
		item.setEncodingType(encoding);
		String name = item.objectName();
		return name.substring(prefix.value().length(), name.length() - 1);
	}

	/**
	 * The tag without quotes, null when there is none.
	 */
	static @Nullable String etag(@Nullable String raw) {
		String tag = (raw != null) ? raw.replace("\"", "") : "";
		return tag.isEmpty() ? null : tag;
	}

	/**
	 * How much of a prefix is listed.
	 */
	enum Depth {

		ALL, ONE, PROBE

	}

}
