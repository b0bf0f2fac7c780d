package dev.milvusbackup.manifest;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;

/**
 * The descriptions of backups in a store. Writes and reads segment by segment, so memory
 * does not grow with their number. Thread-safe. Besides {@link ManifestException} every
 * method throws {@link dev.milvusbackup.storage.StorageException}.
 */
public final class ManifestStore {

	private final ObjectStore store;

	public ManifestStore(ObjectStore store) {
		this.store = store;
	}

	/**
	 * Whether the backup was finished: its existence marker is there.
	 */
	public boolean exists(BackupLayout backup) {
		return this.store.stat(backup.meta(MetaFile.BACKUP)).isPresent();
	}

	/**
	 * What the existence marker says, of any format; reads one small object.
	 * @throws ManifestException NOT_FOUND, INCOMPLETE when there is no marker but
	 * something of a backup, or DAMAGED
	 */
	public BackupEntry readHeader(BackupLayout backup) {
		return header(new MetaFiles(this.store, backup)).toEntry(backup.name());
	}

	/**
	 * Reads a backup of any release since v0.1.0.
	 * @param sink gets every segment, in no promised order; when this method throws, what
	 * the sink was given is to be discarded
	 * @return all but the segments, with sizes as recorded
	 * @throws ManifestException NOT_FOUND, INCOMPLETE, DAMAGED, or UNKNOWN_FORMAT
	 */
	public BackupManifest read(BackupLayout backup, SegmentSink sink) {
		MetaFiles files = new MetaFiles(this.store, backup);
		Header header = header(files);
		header.requireReadable(files.damage(MetaFile.BACKUP).document());
		return files.read(MetaFile.FULL, (reader) -> new TreeReader(reader, backup.name(), sink).document())
			.orElseGet(() -> withoutTree(files, header, sink));
	}

	private static BackupManifest withoutTree(MetaFiles files, Header header, SegmentSink sink) {
		if (header.knownFormat() == BackupFormat.BINLOG) {
			return new LevelFilesReader(files, sink).read(header);
		}
		return files
			.read(MetaFile.COLLECTIONS,
					(reader) -> new TreeReader(reader, files.layout().name(), sink).collections(header))
			.orElseThrow(() -> files.damage(MetaFile.COLLECTIONS)
				.of("it is missing, and so is '" + MetaFile.FULL.fileName() + "'"));
	}

	/**
	 * Writes the description of a backup whose objects are all there; the existence
	 * marker comes last, so a backup that {@link #exists} is whole. Repeatable.
	 * @param manifest sizes are computed anew
	 * @param source read several times; binlogs with the entity tags of the copies
	 * @param paths where the objects lay in the source
	 * @throws ManifestException DAMAGED when the source does not give the same segments
	 * every time
	 */
	public void write(BackupLayout backup, BackupManifest manifest, SegmentSource source, LogPaths paths) {
		MetaFiles files = new MetaFiles(this.store, backup);
		if (manifest.format() == BackupFormat.SNAPSHOT) {
			writeSnapshots(files, manifest);
			return;
		}
		SegmentCodec codec = new SegmentCodec(paths, false);
		Sizes sizes = new Sizes();
		new ObjectManifest(files).write(new MetaWriter(manifest, sizes.counting(source), codec, sizes)::eachSegment);
		MetaWriter writer = new MetaWriter(manifest, source, codec, sizes);
		files.writeObject(MetaFile.COLLECTIONS, writer::collections);
		files.writeObject(MetaFile.PARTITIONS, writer::partitions);
		files.writeObject(MetaFile.SEGMENTS, writer::segments);
		Sizes written = new Sizes();
		files.writeObject(MetaFile.FULL, new MetaWriter(manifest, written.counting(source), codec, sizes)::full);
		if (!written.sameAs(sizes)) {
			throw new ManifestException(ManifestException.Kind.DAMAGED,
					"unable to write '" + backup.meta() + "': the segments changed meanwhile",
					"run the same command again", null);
		}
		files.writeObject(MetaFile.BACKUP, writer::backup);
	}

	/**
	 * Milvus told neither keys nor entity tags of what it exported: what is there now is
	 * recorded. Of partitions and segments there are no files (format.md 1.1).
	 */
	private void writeSnapshots(MetaFiles files, BackupManifest manifest) {
		MetaWriter writer = new MetaWriter(manifest, SegmentSource.EMPTY, new SegmentCodec(LogPaths.NONE, false),
				new Sizes());
		try (Stream<ObjectStat> objects = this.store.list(files.layout().bundle())) {
			new ObjectManifest(files).write(objects);
		}
		files.writeObject(MetaFile.COLLECTIONS, writer::collections);
		files.writeObject(MetaFile.FULL, writer::full);
		files.writeObject(MetaFile.BACKUP, writer::backup);
	}

	/**
	 * Every object with the entity tag of the copy, as recorded when the backup was
	 * written; empty for a backup of another tool, which records none. The caller closes
	 * the stream, which throws a {@link ManifestException} of kind DAMAGED.
	 */
	public Optional<Stream<ObjectStat>> readObjects(BackupLayout backup) {
		return new ObjectManifest(new MetaFiles(this.store, backup)).read();
	}

	/**
	 * What the command {@code get} prints ({@link ManifestCodec#brief}).
	 * @throws ManifestException as {@link #read}
	 */
	public String brief(BackupLayout backup) {
		BackupManifest manifest = read(backup, SegmentSink.NONE);
		try (Stream<ObjectStat> files = this.store.list(backup.meta())) {
			return ManifestCodec.brief(manifest,
					files.filter((file) -> !isPassing(backup, file)).mapToLong(ObjectStat::bytes).sum());
		}
	}

	/** Whether it is there only while somebody works on the backup. */
	private static boolean isPassing(BackupLayout backup, ObjectStat file) {
		return Stream.of(MetaFile.LEASE, MetaFile.DRAFT, MetaFile.EXPIRED)
			.anyMatch((passing) -> backup.meta(passing).equals(file.key()));
	}

	/**
	 * Writes the plan of an unfinished backup, replacing an earlier one.
	 * @param source binlogs with the entity tags of the source's objects
	 */
	public void writeDraft(BackupLayout backup, Draft draft, SegmentSource source) {
		new DraftFile(new MetaFiles(this.store, backup)).write(draft, source);
	}

	/**
	 * The plan of an unfinished backup; empty when there is none.
	 * @param sink as in {@link #read}
	 * @throws ManifestException of kind DAMAGED
	 */
	public Optional<Draft> readDraft(BackupLayout backup, SegmentSink sink) {
		return new DraftFile(new MetaFiles(this.store, backup)).read(sink);
	}

	/**
	 * Removes the plan; none is no error.
	 */
	public void deleteDraft(BackupLayout backup) {
		new MetaFiles(this.store, backup).delete(MetaFile.DRAFT);
	}

	private Header header(MetaFiles files) {
		return files.read(MetaFile.BACKUP, (reader) -> Header.of(reader.document(Map.of())))
			.orElseThrow(() -> absent(files.layout()));
	}

	private ManifestException absent(BackupLayout backup) {
		boolean unfinished = new Traces(this.store).of(backup);
		String cause = unfinished ? "it was never finished" : "there is no such backup";
		String hint = unfinished ? "finish it with the same create command, or delete it"
				: "list the backups to see their names";
		return new ManifestException(unfinished ? ManifestException.Kind.INCOMPLETE : ManifestException.Kind.NOT_FOUND,
				"unable to read backup '" + backup.name() + "': " + cause, hint, null);
	}

}
