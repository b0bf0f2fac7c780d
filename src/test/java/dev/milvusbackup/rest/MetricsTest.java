package dev.milvusbackup.rest;

import java.nio.file.Path;
import java.time.Duration;

import dev.milvusbackup.testing.Fault.Operation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {

	private final ServerHarness server;

	MetricsTest(@TempDir Path directory) {
		this.server = new ServerHarness(directory).start();
		this.server.milvus().collection("books").insertSegment("_default", 10);
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@Test
	void runsAreMeasured() {
		this.server.post("/api/v1/create", "{\"backup_name\":\"nightly_20261127\"}");
		this.server.target().on(Operation.COPY).fail();
		this.server.post("/api/v1/create", "{\"backup_name\":\"weekly\"}");
		this.server.target().heal();
		this.server.post("/api/v1/create", "{\"backup_name\":\"weekly\"}");
		String metrics = Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(this::scrape, (text) -> text.contains("phase=\"complete\"} 2.0")
					&& text.contains("milvus_backup_last_success_age_seconds{schedule=\"weekly\"}"));
		assertThat(metrics).contains("milvus_backup_runs{kind=\"backup\",phase=\"complete\"} 2.0",
				"milvus_backup_runs{kind=\"restore\",phase=\"failed\"} 0.0",
				"milvus_backup_run_duration_seconds_count{kind=\"backup\",outcome=\"complete\"} 2",
				"milvus_backup_run_duration_seconds_count{kind=\"backup\",outcome=\"failed\"} 1",
				"milvus_backup_run_size_bytes_sum{kind=\"backup\",outcome=\"complete\"}",
				"milvus_backup_objects_copied_total{kind=\"backup\",outcome=\"complete\"}",
				"milvus_backup_restarts_total{kind=\"backup\",outcome=\"complete\"} 1.0", "milvus_backup_in_flight 0.0",
				"milvus_backup_running{state=\"done\",unit=\"segments\"} 0.0",
				"milvus_backup_last_success_age_seconds{schedule=\"nightly\"}",
				"milvus_backup_last_success_timestamp_seconds{schedule=\"weekly\"}",
				"milvus_backup_storage_requests_total{operation=\"copy\"}",
				"milvus_backup_storage_bytes_total{direction=\"copied\"}", "milvus_backup_storage_retries_total");
		assertThat(metrics.lines()).as("series of single slices").noneMatch((line) -> line.contains("copySegments:"));
	}

	@ParameterizedTest
	@CsvSource({ "nightly_20261127, nightly", "nightly_2026_11_27_01, nightly", "backup20261127, backup", "b1, b1",
			"weekly, weekly", "my_2_collections, my_2_collections", "_20261127, _20261127" })
	void aScheduleIsTheNameWithoutItsDate(String backup, String schedule) {
		assertThat(RepositoryMetrics.schedule(backup)).isEqualTo(schedule);
	}

	private String scrape() {
		return this.server.get("/actuator/prometheus").body();
	}

}
