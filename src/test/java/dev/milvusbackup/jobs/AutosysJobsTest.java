package dev.milvusbackup.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AutosysJobsTest {

	private static final Set<String> ATTRIBUTES = Set.of("insert_job", "job_type", "box_name", "machine", "owner",
			"description", "date_conditions", "days_of_week", "start_times", "condition", "command", "profile",
			"std_out_file", "std_err_file", "success_codes", "n_retrys", "max_run_alarm", "alarm_if_fail");

	private final List<Map<String, String>> jobs = jobs();

	@Test
	void allAttributesAreKnownAndGivenOnce() {
		assertThat(this.jobs).hasSizeGreaterThan(4)
			.allSatisfy((job) -> assertThat(ATTRIBUTES).containsAll(job.keySet()));
	}

	@Test
	void everyJobThatIsNamedExists() {
		List<String> names = this.jobs.stream().map((job) -> job.getOrDefault("insert_job", "")).toList();
		assertThat(names).doesNotHaveDuplicates();
		assertThat(this.jobs).allSatisfy((job) -> {
			assertThat(names).contains(job.getOrDefault("box_name", names.get(0)));
			assertThat(names)
				.contains(job.getOrDefault("condition", "s(" + names.get(0) + ")").replaceAll("s\\((.*)\\)", "$1"));
		});
	}

	@Test
	void everyCommandKeepsItsOutputAndCountsOnlyZeroAsSuccess() {
		assertThat(this.jobs).filteredOn((job) -> job.getOrDefault("command", "").contains("milvus-backup"))
			.hasSizeGreaterThan(2)
			.allSatisfy((job) -> assertThat(job).containsKeys("machine", "owner", "std_out_file", "std_err_file")
				.containsEntry("success_codes", "0")
				.containsEntry("alarm_if_fail", "1"));
	}

	private static List<Map<String, String>> jobs() {
		List<Map<String, String>> jobs = new ArrayList<>();
		String text = JobFiles.text("autosys/milvus-backup.jil").replaceAll("(?s)/\\*.*?\\*/", "");
		for (String line : text.lines().filter((line) -> !line.isBlank()).toList()) {
			String[] parts = line.split(": ", 2);
			if ("insert_job".equals(parts[0])) {
				jobs.add(new LinkedHashMap<>());
			}
			String before = jobs.get(jobs.size() - 1).put(parts[0], parts[1]);
			assertThat(before).as("given twice: %s", parts[0]).isNull();
		}
		return jobs;
	}

}
