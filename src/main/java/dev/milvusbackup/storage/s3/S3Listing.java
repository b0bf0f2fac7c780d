package dev.milvusbackup.storage.s3;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a prefix, two pages of 1,000 in memory at most: from the second page on
 * the next one is asked for before this one is read. A page whose request failed is
 * requested again when the next entry is asked for. Not thread-safe.
 */
final class S3Listing implements Iterator<ObjectStat> {

	private final S3Pages pages;

	private final ObjectPrefix prefix;

	private @Nullable String token;

	/** The page that was asked for already; null when none was. */
	private @Nullable CompletableFuture<ListPage> ahead;

	private boolean last;

	private Iterator<ObjectStat> page = List.<ObjectStat>of().iterator();

	S3Listing(S3Pages pages, ObjectPrefix prefix) {
		this.pages = pages;
		this.prefix = prefix;
	}

	@Override
	public boolean hasNext() {
		while (!this.page.hasNext() && !this.last) {
			boolean first = this.token == null;
			CompletableFuture<ListPage> requested = (this.ahead != null) ? this.ahead : request();
			this.ahead = null;
			ListPage result = this.pages.await(this.prefix, requested);
			this.page = entries(result).iterator();
			this.last = !result.truncated();
			this.token = result.next();
			if (!first && !this.last) {
				this.ahead = request();
			}
		}
		return this.page.hasNext();
	}

	private CompletableFuture<ListPage> request() {
		return this.pages.request(this.prefix, S3Pages.Depth.ALL, this.token);
	}

	@Override
	public ObjectStat next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		return this.page.next();
	}

	private List<ObjectStat> entries(ListPage result) {
		List<ObjectStat> entries = new ArrayList<>(result.objects().size());
		for (ListPage.Entry object : result.objects()) {
			if (!object.name().endsWith("/") || object.bytes() > 0) {
				entries.add(new ObjectStat(key(this.prefix, object.name()), object.bytes(), object.etag()));
			}
		}
		return entries;
	}

	static ObjectKey key(ObjectPrefix prefix, String name) {
		try {
			return new ObjectKey(name);
		}
		catch (IllegalArgumentException ex) {
			throw new StorageException(StorageException.Kind.PERMANENT,
					"unable to list '" + prefix + "': the name '" + name + "' cannot be handled",
					"remove or rename that object", ex);
		}
	}

}
