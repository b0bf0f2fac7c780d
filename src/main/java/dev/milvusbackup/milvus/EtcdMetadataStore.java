package dev.milvusbackup.milvus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.milvus.etcd.EtcdClient;
import dev.milvusbackup.milvus.etcd.EtcdEntry;
import dev.milvusbackup.milvus.etcd.EtcdException;
import dev.milvusbackup.milvus.etcd.EtcdProperties;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.IndexExtra;
import io.milvus.grpc.FieldSchema;
import org.jspecify.annotations.Nullable;

/**
 * Milvus's metadata in etcd.
 */
final class EtcdMetadataStore implements MetadataStore, AutoCloseable {

	private final EtcdProperties properties;

	private final MilvusCalls calls;

	private @Nullable EtcdClient client;

	EtcdMetadataStore(EtcdProperties properties, MilvusCalls calls) {
		this.properties = properties;
		this.calls = calls;
	}

	@Override
	public String address() {
		return this.properties.target() + "/" + this.properties.rootPath();
	}

	@Override
	public boolean isUsed() {
		return ask("look for the metadata of Milvus", (etcd) -> etcd.has(root()));
	}

	@Override
	public Map<Long, IndexExtra> indexes(Collection collection) {
		String action = "read the indexes of '" + collection.name() + "'";
		Map<Long, IndexExtra> found = new TreeMap<>();
		for (EtcdEntry entry : ask(action, (etcd) -> etcd.entries(root() + "field-index/" + collection.id() + "/"))) {
			try {
				FieldIndexReader index = FieldIndexReader.of(entry.value());
				if (!index.isDeleted()) {
					found.put(index.id(), index.extra());
				}
			}
			catch (InvalidProtocolBufferException ex) {
				throw unreadable(action, entry, ex);
			}
		}
		return found;
	}

	@Override
	public List<Field> fields(Collection collection) {
		String action = "read the fields of '" + collection.name() + "'";
		List<Field> found = new ArrayList<>();
		String prefix = root() + "root-coord/fields/" + collection.id() + "/";
		for (EtcdEntry entry : ask(action, (etcd) -> etcd.entries(prefix))) {
			try {
				if (!isTombstone(entry.value())) {
					found.add(SchemaReader.field(FieldSchema.parseFrom(entry.value())));
				}
			}
			catch (InvalidProtocolBufferException ex) {
				throw unreadable(action, entry, ex);
			}
		}
		found.sort(Comparator.comparingLong(Field::id));
		return found;
	}

	@Override
	public synchronized void close() {
		if (this.client != null) {
			this.client.close();
			this.client = null;
		}
	}

	/** Milvus puts its metadata below this part of its root path. */
	private String root() {
		return (this.properties.rootPath().isEmpty() ? "" : this.properties.rootPath() + "/") + "meta/";
	}

	/** What stands in place of a value that was deleted. */
	private static boolean isTombstone(byte[] value) {
		return value.length == 3 && (value[0] & 0xFF) == 0xE2 && (value[1] & 0xFF) == 0x9B && (value[2] & 0xFF) == 0xBC;
	}

	private <T> T ask(String action, Function<EtcdClient, T> question) {
		Patience patience = new Patience(this.calls.limits().connectPatience());
		while (true) {
			try {
				return question.apply(client());
			}
			catch (EtcdException ex) {
				if (ex.kind() != EtcdException.Kind.UNREACHABLE || Thread.currentThread().isInterrupted()
						|| patience.isOver()) {
					throw failure(action, ex);
				}
				this.calls.pause(action, patience.nextDelay());
			}
		}
	}

	private synchronized EtcdClient client() {
		EtcdClient existing = this.client;
		if (existing == null) {
			existing = new EtcdClient(this.properties);
			this.client = existing;
		}
		return existing;
	}

	private MilvusException failure(String action, EtcdException ex) {
		String said = unable(action) + ex.getMessage();
		return switch (ex.kind()) {
			case UNREACHABLE -> new MilvusException(Kind.UNAVAILABLE, said,
					"check milvus.etcd.endpoints, and the certificates of batch.etcd where etcd uses TLS", ex);
			case DENIED -> new MilvusException(Kind.DENIED, said,
					"check batch.etcd.user and batch.etcd.password, the user's rights, and the certificates of batch.etcd",
					ex);
			case REFUSED -> new MilvusException(Kind.REFUSED, said, "check milvus.etcd.endpoints", ex);
		};
	}

	private MilvusException unreadable(String action, EtcdEntry entry, InvalidProtocolBufferException ex) {
		return new MilvusException(Kind.REFUSED, unable(action) + "the value of '" + entry.key() + "' is not known",
				"check milvus.etcd.rootPath", ex);
	}

	private String unable(String action) {
		return "unable to " + action + " in etcd '" + this.properties.target() + "': ";
	}

}
