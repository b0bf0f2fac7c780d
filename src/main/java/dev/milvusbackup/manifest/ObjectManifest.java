package dev.milvusbackup.manifest;

import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectStat;

/**
 * The list of a backup's objects: one line of JSON each with {@code key} (relative to the
 * backup's directory, so that a backup can be moved), {@code bytes} and {@code etag}.
 */
record ObjectManifest(MetaFiles files) {

	/**
	 * Writes the objects of all segments.
	 * @param segments hands every segment to the consumer it is given
	 */
	void write(Consumer<Consumer<Segment>> segments) {
		this.files.write(MetaFile.OBJECTS, (json) -> segments
			.accept((segment) -> segment.binlogs().forEach((binlog) -> write(json, segment, binlog))));
	}

	/**
	 * Writes what was exported.
	 */
	void write(Stream<ObjectStat> objects) {
		this.files.write(MetaFile.OBJECTS, (json) -> objects.forEach((object) -> write(json, object)));
	}

	private void write(JsonWriter json, Segment segment, Binlog binlog) {
		write(json, new ObjectStat(this.files.layout().key(segment, binlog), binlog.bytes(), binlog.etag()));
	}

	private void write(JsonWriter json, ObjectStat object) {
		json.object(() -> json.text("key", this.files.layout().relative(object.key()))
			.numberAlways("bytes", object.bytes())
			.text("etag", object.etag()));
		json.endLine();
	}

	Optional<Stream<ObjectStat>> read() {
		return this.files.open(MetaFile.OBJECTS)
			.map((reader) -> StreamSupport.stream(new Lines(reader), false).onClose(reader::close));
	}

	private ObjectStat object(JsonObject json) {
		try {
			return new ObjectStat(this.files.layout().directory().key(json.text("key")), json.number("bytes"),
					json.textOrNull("etag"));
		}
		catch (IllegalArgumentException ex) {
			throw json.damaged(ex.getMessage());
		}
	}

	private final class Lines extends Spliterators.AbstractSpliterator<ObjectStat> {

		private final JsonReader reader;

		Lines(JsonReader reader) {
			super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
			this.reader = reader;
		}

		@Override
		public boolean tryAdvance(Consumer<? super ObjectStat> action) {
			JsonObject line = this.reader.nextDocument();
			if (line == null) {
				return false;
			}
			action.accept(object(line));
			return true;
		}

	}

}
