package dev.milvusbackup.rest.v2;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.milvusbackup.config.NearestName;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Says what is wrong with a body, naming the field but never its value.
 */
final class UnreadableBody {

	private UnreadableBody() {
	}

	static LaunchException explain(@Nullable Throwable cause) {
		if (cause instanceof UnrecognizedPropertyException unknown) {
			return unknown(unknown.getPropertyName(), fields(unknown.getKnownPropertyIds()));
		}
		if (cause instanceof DatabindException mismatch && !path(mismatch).isEmpty()) {
			return refused("the value of '" + path(mismatch) + "' is not of its type");
		}
		if (cause instanceof JacksonException) {
			return refused("it is not a JSON object");
		}
		return refused("it is empty");
	}

	private static LaunchException unknown(String field, List<String> known) {
		Optional<String> nearest = NearestName.of(field, known);
		return new LaunchException(ExitCode.USAGE, "unable to read the request: there is no field '" + field + "'",
				nearest.map((name) -> "did you mean '" + name + "'?").orElse("use " + String.join(", ", known)));
	}

	private static LaunchException refused(String why) {
		return new LaunchException(ExitCode.USAGE, "unable to read the request: " + why, "see /swagger-ui.html");
	}

	private static List<String> fields(@Nullable Collection<Object> ids) {
		return (ids == null) ? List.of() : ids.stream().map(String::valueOf).sorted().toList();
	}

	private static String path(DatabindException mismatch) {
		return mismatch.getPath()
			.stream()
			.map((step) -> (step.getPropertyName() != null) ? step.getPropertyName() : String.valueOf(step.getIndex()))
			.collect(Collectors.joining("."));
	}

}
