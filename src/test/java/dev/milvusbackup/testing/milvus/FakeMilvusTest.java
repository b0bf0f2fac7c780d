package dev.milvusbackup.testing.milvus;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.milvusbackup.milvus.BulkImport.ImportJob;
import dev.milvusbackup.milvus.BulkImport.ImportJob.State;
import dev.milvusbackup.milvus.BulkImport.ImportRequest;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.milvus.FakeImports.LoadedSegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The simulated server must be as strict, and as lenient, as the real one.
 */
class FakeMilvusTest {

	private final MemoryObjectStore store = new MemoryObjectStore();

	private final FakeMilvus server = FakeMilvus.start("2.3.5", this.store, ObjectPrefix.of("files"));

	private Milvus milvus;

	private FakeCollection source;

	private FakeCollection target;

	@BeforeEach
	void connect() {
		this.milvus = new DefaultMilvusConnector().connect(this.server.properties());
		this.source = this.server.create("source", FakeSchemas.dynamic());
		this.target = this.server.create("target", FakeSchemas.dynamic());
	}

	@AfterEach
	void close() {
		this.milvus.close();
		this.server.close();
	}

	@Test
	void aSegmentHasBinlogsOfAllFieldsAndTheSystemsOwn() {
		FakeSegment segment = this.source.insertSegment("_default", 2500, 1);
		String directory = this.source.id() + "/" + segment.partitionId() + "/" + segment.id() + "/";
		assertThat(this.source.objects(segment)).extracting((object) -> object.key().value())
			.allMatch((key) -> key.startsWith("files/insert_log/" + directory)
					|| key.startsWith("files/delta_log/" + directory))
			.hasSize(6 * 3 + 1);
		assertThat(this.source.binlogFieldIds()).containsExactly(0L, 1L, 100L, 101L, 102L, 103L);
	}

	@Test
	void importedRowsKeepTheirOriginAndCanBeImportedAgain() {
		FakeSegment first = this.source.insertSegment("_default", 2500, 100);
		ImportJob job = importOf(first, paths(first));
		assertThat(job.rows()).isEqualTo(2400);
		FakeSegment second = this.target.segments().get(0);
		assertThat(second.id()).isNotEqualTo(first.id());
		assertThat(second.deletes()).isZero();
		assertThat(this.target.origins()).containsExactly(first.id());
		assertThat(this.server.imports().loaded()).singleElement().satisfies((loaded) -> {
			assertThat(loaded.sourceSegment()).isEqualTo(first.id());
			assertThat(loaded.objects()).containsExactlyInAnyOrderElementsOf(this.source.objects(first));
		});
		String directory = this.target.id() + "/" + second.partitionId() + "/" + second.id() + "/";
		importOf(second, List.of("files/insert_log/" + directory, ""));
		assertThat(this.target.origins()).containsExactly(first.id(), first.id());
	}

	@Test
	void pathsWithoutObjectsCompleteWithoutRows() {
		FakeSegment segment = this.source.insertSegment("_default", 10);
		String path = paths(segment).get(0);
		for (String wrong : List.of("nowhere/", "/" + path, "bucket/" + path, path.substring("files/".length()))) {
			ImportJob job = importOf(segment, List.of(wrong, ""));
			assertThat(job.state()).as(wrong).isEqualTo(State.COMPLETED);
			assertThat(job.rows()).as(wrong).isZero();
		}
		assertThat(this.target.segments()).isEmpty();
	}

	@Test
	void onePathIsNotEnough() {
		FakeSegment segment = this.source.insertSegment("_default", 10);
		ImportJob job = importOf(segment, paths(segment).subList(0, 1));
		assertThat(job.state()).isEqualTo(State.FAILED);
		assertThat(job.reason()).startsWith("unsupported file type");
	}

	@Test
	void aMissingBinlogFailsTheJob() {
		FakeSegment segment = this.source.insertSegment("_default", 2500);
		ObjectStat lost = this.source.objects(segment).get(0);
		this.store.delete(List.of(lost.key()));
		ImportJob job = importOf(segment, paths(segment));
		assertThat(job.state()).isEqualTo(State.FAILED);
		assertThat(job.reason()).contains("different file num");
		assertThat(this.target.segments()).isEmpty();
	}

	@Test
	void aMissingFieldFailsTheJob() {
		FakeSegment segment = this.source.insertSegment("_default", 10);
		List<ObjectKey> field = this.source.objects(segment)
			.stream()
			.map(ObjectStat::key)
			.filter((key) -> key.value().contains("/101/"))
			.toList();
		this.store.delete(field);
		assertThat(importOf(segment, paths(segment)).reason()).contains("binlogs of the fields");
	}

	@Test
	void aDamagedBinlogFailsTheJob() {
		FakeSegment segment = this.source.insertSegment("_default", 10);
		this.store.put(this.source.objects(segment).get(0).key().value(), "damaged");
		assertThat(importOf(segment, paths(segment)).reason()).contains("failed to parse binlog");
	}

	@Test
	void aCollectionWithOtherFieldsDoesNotTakeTheSegment() {
		FakeSegment segment = this.source.insertSegment("_default", 10);
		FakeCollection narrow = this.server.collection("narrow");
		long id = this.milvus.bulkImport().submit(new ImportRequest(narrow.name(), "_default", paths(segment)));
		assertThat(this.milvus.bulkImport().job(this.target.name(), id).state()).isEqualTo(State.FAILED);
	}

	@Test
	void aRestartFailsRunningJobsAndKeepsTheList() {
		FakeSegment segment = this.source.insertSegment("_default", 10);
		this.server.imports().delay(Duration.ofHours(1));
		long id = this.milvus.bulkImport().submit(new ImportRequest(this.target.name(), "_default", paths(segment)));
		this.server.stop();
		this.server.restart();
		assertThat(this.milvus.bulkImport().jobs(this.target.name())).singleElement().satisfies((job) -> {
			assertThat(job.id()).isEqualTo(id);
			assertThat(job.reason()).isEqualTo("task marked failed as service restarted");
		});
	}

	@Test
	void removingASegmentRemovesItsBinlogs() {
		FakeSegment segment = this.source.insertSegment("_default", 10, 1);
		this.source.removeSegment(segment.id());
		assertThat(this.store.keys()).isEmpty();
		assertThat(this.source.segments()).isEmpty();
	}

	@Test
	void onLocalStoragePathsAreAbsolute() {
		try (FakeMilvus local = FakeMilvus.startLocal("2.3.5", this.store, Path.of("/srv/milvus"), ObjectPrefix.ROOT);
				Milvus connection = new DefaultMilvusConnector().connect(local.properties())) {
			FakeCollection collection = local.collection("books");
			FakeSegment segment = collection.insertSegment("_default", 10);
			String path = "insert_log/" + collection.id() + "/" + segment.partitionId() + "/" + segment.id() + "/";
			long relative = connection.bulkImport()
				.submit(new ImportRequest(collection.name(), "_default", List.of(path, "")));
			long absolute = connection.bulkImport()
				.submit(new ImportRequest(collection.name(), "_default", List.of("/srv/milvus/" + path, "")));
			assertThat(connection.bulkImport().job(collection.name(), relative).rows()).isZero();
			assertThat(connection.bulkImport().job(collection.name(), absolute).rows()).isEqualTo(10);
			assertThat(local.imports().loaded()).extracting(LoadedSegment::job).containsExactly(absolute);
		}
	}

	private List<String> paths(FakeSegment segment) {
		String directory = this.source.id() + "/" + segment.partitionId() + "/" + segment.id() + "/";
		return List.of("files/insert_log/" + directory, "files/delta_log/" + directory);
	}

	private ImportJob importOf(FakeSegment segment, List<String> paths) {
		long id = this.milvus.bulkImport().submit(new ImportRequest(this.target.name(), "_default", paths));
		return this.milvus.bulkImport().job(this.target.name(), id);
	}

}
