package dev.milvusbackup.testing.real;

import java.util.Optional;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Skips or fails what {@link RequiresReal} asks for in vain, and hands out the run's one
 * {@link RealServers}, which JUnit closes when all tests are done.
 */
final class RealServersExtension implements ExecutionCondition, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(RealServers.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		Optional<RequiresReal> needed = AnnotationSupport.findAnnotation(context.getElement(), RequiresReal.class);
		for (String server : needed.map(RequiresReal::value).orElse(new String[0])) {
			ConditionEvaluationResult result = evaluate(server, System.getProperty("it.require", ""));
			if (result.isDisabled()) {
				System.out.printf("SKIPPED %s: %s%n", context.getDisplayName(), result.getReason().orElseThrow());
				return result;
			}
		}
		return ConditionEvaluationResult.enabled("the real servers are there");
	}

	/**
	 * @param required names of servers, separated by commas
	 * @throws IllegalStateException if the server is missing, but required
	 */
	static ConditionEvaluationResult evaluate(String server, String required) {
		String missing = Installation.missing(server);
		if (missing == null) {
			return ConditionEvaluationResult.enabled("%s is there".formatted(server));
		}
		if (Installation.isRequired(server, required)) {
			throw new IllegalStateException("%s is required: %s".formatted(server, missing));
		}
		return ConditionEvaluationResult.disabled("needs %s: %s".formatted(server, missing));
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == RealServers.class;
	}

	@Override
	public RealServers resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return context.getRoot().getStore(NAMESPACE).computeIfAbsent(RealServers.class);
	}

}
