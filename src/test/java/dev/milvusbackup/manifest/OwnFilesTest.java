package dev.milvusbackup.manifest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.manifest.ManifestException.Kind;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStat;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OwnFilesTest {

	private final SampleBackup sample = new SampleBackup();

	@Test
	void everyObjectIsListedWithTheEntityTagOfItsCopy() {
		this.sample.write();
		try (Stream<ObjectStat> objects = this.sample.manifests.readObjects(this.sample.backup).orElseThrow()) {
			assertThat(objects).hasSize(6)
				.contains(new ObjectStat(new ObjectKey("backup/b1/binlogs/insert_log/1/10/100/100/0/1000"), 10, "e1"),
						new ObjectStat(new ObjectKey("backup/b1/binlogs/delta_log/1/10/101/101/1003"), 4, null),
						new ObjectStat(new ObjectKey("backup/b1/binlogs/delta_log/1/-1/102/1005"), 6, null));
		}
		assertThat(text(MetaFile.OBJECTS)).startsWith("""
				{"key":"binlogs/delta_log/1/-1/102/1004","bytes":5}
				{"key":"binlogs/delta_log/1/-1/102/1005","bytes":6}
				{"key":"binlogs/insert_log/1/10/100/100/0/1000","bytes":10,"etag":"e1"}
				""");
	}

	@Test
	void otherToolsListNoObjects() {
		assertThat(this.sample.manifests.readObjects(this.sample.backup)).isEmpty();
	}

	@Test
	void aDamagedObjectListIsDamage() {
		this.sample.write();
		this.sample.truncate(MetaFile.OBJECTS, 5);
		SampleBackup.assertKind(Kind.DAMAGED, this::drainObjects);
		this.sample.put(MetaFile.OBJECTS, "{}");
		SampleBackup.assertKind(Kind.DAMAGED, this::drainObjects);
		this.sample.put(MetaFile.OBJECTS, gzip("{\"key\":\"../x\",\"bytes\":1}\n"));
		SampleBackup.assertKind(Kind.DAMAGED, this::drainObjects);
		this.sample.put(MetaFile.OBJECTS, gzip("[]"));
		SampleBackup.assertKind(Kind.DAMAGED, this::drainObjects);
	}

	@Test
	void draftsAreReadBackWithEntityTags() {
		this.sample.manifests.writeDraft(this.sample.backup, this.sample.draft(), this.sample.content.source());
		List<Segment> read = new ArrayList<>();
		assertThat(this.sample.manifests.readDraft(this.sample.backup, read::add)).contains(this.sample.draft());
		assertThat(read).containsExactlyInAnyOrderElementsOf(this.sample.segments);
		this.sample.manifests.deleteDraft(this.sample.backup);
		this.sample.manifests.deleteDraft(this.sample.backup);
		assertThat(this.sample.manifests.readDraft(this.sample.backup, read::add)).isEmpty();
	}

	@Test
	void everyTruncationOfADraftIsDamage() {
		this.sample.manifests.writeDraft(this.sample.backup, this.sample.draft(), this.sample.content.source());
		byte[] whole = this.sample.bytes(MetaFile.DRAFT);
		for (int length = 0; length < whole.length; length++) {
			this.sample.put(MetaFile.DRAFT, Arrays.copyOf(whole, length));
			SampleBackup.assertKind(Kind.DAMAGED,
					() -> this.sample.manifests.readDraft(this.sample.backup, SegmentSink.NONE));
		}
		this.sample.put(MetaFile.DRAFT, gzip("{\"fingerprint\":\"x\"}"));
		SampleBackup.assertKind(Kind.DAMAGED,
				() -> this.sample.manifests.readDraft(this.sample.backup, SegmentSink.NONE));
	}

	private void drainObjects() {
		try (Stream<ObjectStat> objects = this.sample.manifests.readObjects(this.sample.backup).orElseThrow()) {
			objects.forEach((object) -> {
			});
		}
	}

	private String text(MetaFile file) {
		try (InputStream in = new GZIPInputStream(this.sample.store.read(this.sample.backup.meta(file)))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] gzip(String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}
