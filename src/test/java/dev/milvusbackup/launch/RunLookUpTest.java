package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.launch.RunDetail.CollectionDetail;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.StepStatus;
import dev.milvusbackup.testing.Fault.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RunLookUpTest {

	private final RunsHarness harness;

	RunLookUpTest(@TempDir Path directory) {
		this.harness = new RunsHarness(directory);
		this.harness.fake.collection("books").insertSegment("_default", 10);
	}

	@Test
	void aRunIsFoundByBackupAndByTheNameThatAClientGaveIt() {
		RunSummary summary = this.harness.create("");
		this.harness.withRuns((runs) -> {
			runs.lookUp().name(summary.run(), RunKind.BACKUP, "request-1");
			RunDetail found = runs.lookUp().newest(RunKind.BACKUP, "b1").orElseThrow();
			assertThat(found.run().id()).isEqualTo(summary.run());
			assertThat(runs.lookUp().named(RunKind.BACKUP, "request-1")).contains(found);
			assertThat(runs.lookUp().named(RunKind.RESTORE, "request-1")).isEmpty();
			assertThat(runs.lookUp().names(summary.run())).containsExactly("request-1");
		});
	}

	@Test
	void aCompleteRunShowsItsStepsAndCollections() {
		long run = this.harness.create("").run();
		this.harness.withRuns((runs) -> {
			RunDetail found = runs.lookUp().find(run).orElseThrow();
			assertThat(found.phase()).isEqualTo(RunPhase.COMPLETE);
			assertThat(found.steps()).extracting(StepStatus::name)
				.containsSubsequence("readMetadata", "copySegments", "writeManifest");
			assertThat(found.steps()).extracting(StepStatus::status).containsOnly("COMPLETED");
			assertThat(found.collections()).extracting(CollectionDetail::collection)
				.singleElement()
				.satisfies((collection) -> assertThat(collection.name()).isEqualTo("default.books"));
			assertThat(found.ended()).isAfterOrEqualTo(found.started());
		});
	}

	@Test
	void theListenerIsToldOfTheRunBeforeItCanFail() {
		this.harness.target.on(Operation.COPY).fail();
		List<Run> started = new ArrayList<>();
		ProgressListener listener = new ProgressListener() {
			@Override
			public void progress(RunProgress progress) {
			}

			@Override
			public void started(Run run) {
				started.add(run);
			}
		};
		this.harness.withRuns((runs) -> {
			runs.create(RunsHarness.request(""), listener);
			RunDetail found = runs.lookUp().find(started.get(0).id()).orElseThrow();
			assertThat(found.phase()).isEqualTo(RunPhase.FAILED);
			assertThat(found.message()).contains("unable to");
		});
	}

}
