package dev.milvusbackup.jobs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The keys are those of Control-M's Jobs-as-code, as its own client and samples use them.
 */
class ControlMJobsTest {

	private static final Set<String> COMMON = Set.of("Type", "RunAs", "Host", "Application", "SubApplication",
			"Description", "Priority", "Critical", "Confirm", "DaysKeepActive", "RunAsDummy", "RetroactiveOrder",
			"TimeZone", "PreCommand", "PostCommand", "Variables", "Output", "When", "Rerun", "RerunLimit",
			"RerunIntervals", "RerunSpecificTimes");

	/** Type to the keys that it has beside named children. */
	private static final Map<String, Set<String>> TYPES = Map.ofEntries(
			Map.entry("Folder", Set.of("Type", "ControlmServer", "OrderMethod")),
			Map.entry("Job:Command", with("Command")), Map.entry("Resource:Lock", Set.of("Type", "LockType", "IfFail")),
			Map.entry("If:CompletionStatus", Set.of("Type", "CompletionStatus")),
			Map.entry("Action:Rerun", Set.of("Type")),
			Map.entry("Action:Notify", Set.of("Type", "Message", "Destination", "Urgency")),
			Map.entry("Notify:NotOK", Set.of("Type", "Message", "Destination", "Urgency")),
			Map.entry("Notify:DoesNotEnd", Set.of("Type", "By", "Message", "Destination", "Urgency")),
			Map.entry("WaitForEvents", Set.of("Type", "Events")), Map.entry("AddEvents", Set.of("Type", "Events")),
			Map.entry("DeleteEvents", Set.of("Type", "Events")));

	private static final Map<String, Set<String>> PARTS = Map.of("When",
			Set.of("Schedule", "Months", "MonthDays", "WeekDays", "WeekDaysCalendar", "MonthDaysCalendar",
					"DaysRelation", "SpecificDates", "FromTime", "ToTime", "StartDate", "EndDate", "RuleBasedCalendars",
					"ConfirmationCalendars"),
			"RerunLimit", Set.of("Times", "Every", "Units"), "Defaults", COMMON);

	private final JsonNode file = JsonMapper.shared().readTree(JobFiles.text("control-m/milvus-backup.json"));

	@Test
	void allKeysAreKnown() {
		this.file.properties().forEach((entry) -> check(entry.getKey(), entry.getValue()));
	}

	@Test
	void failuresAreRunAgainAndPartialAndDamagedOnesAreTold() {
		JsonNode nightly = this.file.path("MilvusBackupNightly").path("Nightly");
		assertThat(nightly.path("RerunLimit").path("Times").asString()).isEqualTo("3");
		assertThat(reaction(nightly, "1")).isEqualTo("Action:Rerun");
		assertThat(reaction(nightly, "3")).isEqualTo("Action:Notify");
		assertThat(reaction(nightly, "5")).isEqualTo("Action:Rerun");
		assertThat(nightly.findValuesAsString("LockType")).containsExactly("Exclusive");
		assertThat(reaction(this.file.path("MilvusBackupNightly").path("Verify"), "6")).isEqualTo("Action:Notify");
		assertThat(reaction(this.file.path("MilvusRestoreDrill").path("Drill"), "6")).isEqualTo("Action:Notify");
	}

	@Test
	void everyEventThatIsWaitedForIsAdded() {
		Set<String> added = new TreeSet<>();
		Set<String> awaited = new TreeSet<>();
		for (JsonNode job : this.file.path("MilvusBackupNightly")) {
			added.addAll(job.path("eventsToAdd").findValuesAsString("Event"));
			awaited.addAll(job.path("eventsToWaitFor").findValuesAsString("Event"));
		}
		assertThat(awaited).isNotEmpty().isEqualTo(added);
	}

	@Test
	void noRunIsNamedAfterAnythingButTheOrderDate() {
		List<String> commands = this.file.findValuesAsString("Command");
		assertThat(commands).filteredOn((command) -> command.contains("--odate"))
			.hasSize(3)
			.allMatch((command) -> command.endsWith("--odate %%$ODATE"));
	}

	private static String reaction(JsonNode job, String code) {
		for (JsonNode part : job) {
			if (part.isObject() && code.equals(part.path("CompletionStatus").asString(""))) {
				return part.findValuesAsString("Type")
					.stream()
					.filter((type) -> type.startsWith("Action:"))
					.findFirst()
					.orElse("");
			}
		}
		return "";
	}

	private static void check(String name, JsonNode node) {
		if (PARTS.containsKey(name)) {
			assertThat(PARTS.get(name)).as(name).containsAll(node.propertyNames());
			return;
		}
		Set<String> keys = TYPES.get(node.path("Type").asString(""));
		assertThat(keys).as("type of %s", name).isNotNull();
		node.properties().forEach((entry) -> {
			if (entry.getValue().isObject()) {
				check(entry.getKey(), entry.getValue());
			}
			else {
				assertThat(keys).as("keys of %s", name).contains(entry.getKey());
			}
		});
	}

	private static Set<String> with(String key) {
		Set<String> keys = new TreeSet<>(COMMON);
		keys.add(key);
		return keys;
	}

}
