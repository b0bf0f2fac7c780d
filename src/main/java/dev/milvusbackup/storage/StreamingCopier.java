package dev.milvusbackup.storage;

import java.io.InputStream;

/**
 * Reads from one store and writes to the other. A stream that is cut makes the write fail
 * as transient, so that the target store's retry repeats the whole object.
 */
final class StreamingCopier implements ObjectCopier {

	private final ObjectStore source;

	private final ObjectStore target;

	StreamingCopier(ObjectStore source, ObjectStore target) {
		this.source = source;
		this.target = target;
	}

	@Override
	public ObjectStat copy(ObjectStat object, ObjectKey key) {
		ObjectStat copy = this.target.write(key, content(object));
		if (copy.bytes() != object.bytes()) {
			throw changed(object, copy.bytes());
		}
		return copy;
	}

	private ObjectContent content(ObjectStat object) {
		return new ObjectContent() {
			@Override
			public long bytes() {
				return object.bytes();
			}

			@Override
			public InputStream open() {
				return new ExactStream(StreamingCopier.this.source.read(object), object.bytes(),
						(bytes) -> changed(object, bytes));
			}
		};
	}

	private ObjectChangedException changed(ObjectStat object, long bytes) {
		return new ObjectChangedException("unable to copy '" + object.key() + "' from '" + this.source.address()
				+ "': it was listed with " + object.bytes() + " bytes, " + bytes + " came", null);
	}

}
