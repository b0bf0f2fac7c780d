package dev.milvusbackup.manifest;

import java.util.Map;
import java.util.Optional;

import dev.milvusbackup.layout.MetaFile;

/**
 * The file with the plan of an unfinished backup: the tree as in the finished one, but
 * with the entity tags of the source's objects, and what belongs to the run.
 */
record DraftFile(MetaFiles files) {

	void write(Draft draft, SegmentSource source) {
		SegmentCodec codec = new SegmentCodec(LogPaths.NONE, true);
		Sizes sizes = new Sizes();
		new MetaWriter(draft.manifest(), sizes.counting(source), codec, sizes).eachSegment((segment) -> {
		});
		MetaWriter writer = new MetaWriter(draft.manifest(), source, codec, sizes);
		this.files.write(MetaFile.DRAFT,
				(json) -> json.object(() -> json.text("fingerprint", draft.fingerprint())
					.text("request", draft.request())
					.object("backup", () -> writer.full(json))));
	}

	Optional<Draft> read(SegmentSink sink) {
		return this.files.read(MetaFile.DRAFT, (reader) -> draft(reader, sink));
	}

	private Draft draft(JsonReader reader, SegmentSink sink) {
		TreeReader tree = new TreeReader(reader, this.files.layout().name(), sink);
		BackupManifest[] manifest = new BackupManifest[1];
		JsonObject json = reader.document(Map.of("backup", () -> manifest[0] = tree.value()));
		if (manifest[0] == null) {
			throw json.damaged("it holds no plan");
		}
		return new Draft(manifest[0], json.text("fingerprint"), json.text("request"));
	}

}
