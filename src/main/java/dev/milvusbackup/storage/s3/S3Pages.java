package dev.milvusbackup.storage.s3;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.StorageException;
import io.minio.Http;
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
	ListPage page(ObjectPrefix prefix, Depth depth, @Nullable String token) {
		return await(prefix, request(prefix, depth, token));
	}

	/**
	 * Asks for a page without waiting for it.
	 */
	CompletableFuture<ListPage> request(ObjectPrefix prefix, Depth depth, @Nullable String token) {
		Http.QueryParameters parameters = new Http.QueryParameters("prefix", prefix.value(), "encoding-type", "url",
				"delimiter", (depth == Depth.ONE) ? "/" : "", "max-keys",
				Integer.toString((depth == Depth.PROBE) ? 1 : PAGE_ENTRIES));
		if (token != null) {
			parameters.add("continuation-token", token);
		}
		return S3Calls.start(() -> this.client.list(parameters));
	}

	ListPage await(ObjectPrefix prefix, CompletableFuture<ListPage> request) {
		ListPage page = this.calls.await("list", prefix.value(), request);
		if (page.truncated() && page.next() == null) {
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
			ListPage page = page(prefix, Depth.ONE, token);
			page.prefixes().forEach((name) -> names.add(name.substring(prefix.value().length(), name.length() - 1)));
			token = page.next();
			last = !page.truncated();
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
			ListPage page = page(prefix, Depth.ALL, token);
			for (ListPage.Entry object : page.objects()) {
				boolean counts = !object.name().endsWith("/") && which.test(S3Listing.key(prefix, object.name()));
				Instant time = modified(prefix, object);
				if (counts && (newest == null || time.isAfter(newest))) {
					newest = time;
				}
			}
			token = page.next();
			last = !page.truncated();
		}
		return Optional.ofNullable(newest);
	}

	/**
	 * Fails when there is no such bucket.
	 */
	void requireBucket() {
		page(ObjectPrefix.ROOT, Depth.PROBE, null);
	}

	private Instant modified(ObjectPrefix prefix, ListPage.Entry object) {
		try {
			return Instant.parse(object.modified());
		}
		catch (DateTimeParseException ex) {
			throw new StorageException(StorageException.Kind.PERMANENT,
					"unable to list '" + this.calls.named(prefix.value()) + "': '" + object.modified() + "' is no time",
					null, ex);
		}
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
