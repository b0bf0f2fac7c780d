package dev.milvusbackup.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.milvusbackup.launch.ExitCode;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1PodFailurePolicyRule;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The manifests against the published schema, which knows each field and which of them
 * are needed.
 */
class KubernetesJobsTest {

	private static final Gson GSON = new Gson();

	static List<String> files() {
		return JobFiles.in("kubernetes").stream().filter((name) -> name.endsWith(".yaml")).toList();
	}

	static List<V1JobSpec> jobs() {
		new JSON();
		List<V1JobSpec> jobs = new ArrayList<>();
		for (JsonElement document : files().stream().flatMap((file) -> documents(file).stream()).toList()) {
			switch (kind(document)) {
				case "CronJob" -> jobs.add(JSON.<V1CronJob>deserialize(document.toString(), V1CronJob.class)
					.getSpec()
					.getJobTemplate()
					.getSpec());
				case "Job" -> jobs.add(JSON.<V1Job>deserialize(document.toString(), V1Job.class).getSpec());
				default -> assertThat(kind(document)).isIn("ConfigMap", "Secret");
			}
		}
		return jobs;
	}

	@ParameterizedTest
	@MethodSource("files")
	void eachManifestIsOfTheSchema(String file) throws Exception {
		for (JsonElement document : documents(file)) {
			validate(document);
		}
	}

	@Test
	void aFieldThatDoesNotExistWouldBeNoticed() {
		JsonObject job = documents("kubernetes/job-restore.yaml").get(0).getAsJsonObject();
		job.getAsJsonObject("spec").getAsJsonObject("template").getAsJsonObject("spec").addProperty("restart", "Never");
		assertThatIllegalArgumentException().isThrownBy(() -> validate(job)).withMessageContaining("restart");
	}

	@ParameterizedTest
	@MethodSource("jobs")
	void eachJobReactsToEveryExitCode(V1JobSpec job) {
		TreeSet<Integer> codes = new TreeSet<>();
		List<Integer> again = new ArrayList<>();
		for (V1PodFailurePolicyRule rule : job.getPodFailurePolicy().getRules()) {
			if (rule.getOnExitCodes() != null) {
				codes.addAll(rule.getOnExitCodes().getValues());
				if ("Count".equals(rule.getAction())) {
					again.addAll(rule.getOnExitCodes().getValues());
				}
			}
		}
		assertThat(codes).containsExactly(1, 2, 3, 4, 5, 6, 7, 8).hasSize(ExitCode.values().length - 1);
		assertThat(again).containsExactly(1, 4, 5);
		assertThat(job.getBackoffLimit()).isPositive();
	}

	@ParameterizedTest
	@MethodSource("jobs")
	void eachPodStopsInPeaceAndKeepsItsStateOutside(V1JobSpec job) {
		V1PodSpec pod = job.getTemplate().getSpec();
		assertThat(pod.getRestartPolicy()).isEqualTo("Never");
		assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(600);
		assertThat(pod.getContainers()).hasSize(1).allSatisfy((container) -> {
			assertThat(container.getArgs().get(0)).contains("exec java -jar");
			assertThat(container.getEnvFrom().get(0).getSecretRef().getName()).isEqualTo("milvus-backup");
			assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
		});
		assertThat(secret()).containsKeys("MILVUS_BACKUP_REPOSITORY_URL", "MILVUS_BACKUP_REPOSITORY_PASSWORD");
	}

	private static Map<String, String> secret() {
		JsonElement secret = documents("kubernetes/configuration.yaml").get(1);
		return JSON.<V1Secret>deserialize(secret.toString(), V1Secret.class).getStringData();
	}

	private static List<JsonElement> documents(String file) {
		Iterable<Object> all = new Yaml().loadAll(JobFiles.text(file));
		return StreamSupport.stream(all.spliterator(), false).map(GSON::toJsonTree).toList();
	}

	private static String kind(JsonElement document) {
		return document.getAsJsonObject().get("kind").getAsString();
	}

	private static void validate(JsonElement document) throws Exception {
		switch (kind(document)) {
			case "CronJob" -> V1CronJob.validateJsonElement(document);
			case "Job" -> V1Job.validateJsonElement(document);
			case "ConfigMap" -> V1ConfigMap.validateJsonElement(document);
			case "Secret" -> V1Secret.validateJsonElement(document);
			default -> throw new AssertionError("not expected: " + kind(document));
		}
	}

}
