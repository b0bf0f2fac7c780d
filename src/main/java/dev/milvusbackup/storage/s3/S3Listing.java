package dev.milvusbackup.storage.s3;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a prefix, a page of 1,000 in memory at a time. A page whose request
 * failed is requested again when the next entry is asked for. Not thread-safe.
 */
final class S3Listing implements Iterator<ObjectStat> {

	private final S3Pages pages;

	private final ObjectPrefix prefix;

	private @Nullable String token;

	private boolean last;

	private Iterator<ObjectStat> page = List.<ObjectStat>of().iterator();

	S3Listing(S3Pages pages, ObjectPrefix prefix) {
		this.pages = pages;
		this.prefix = prefix;
	}

	@Override
	public boolean hasNext() {
		while (!this.page.hasNext() && !this.last) {
			ListPage result = this.pages.page(this.prefix, S3Pages.Depth.ALL, this.token);
			this.page = entries(result).iterator();
			this.last = !result.truncated();
			this.token = result.next();
		}
		return this.page.hasNext();
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
