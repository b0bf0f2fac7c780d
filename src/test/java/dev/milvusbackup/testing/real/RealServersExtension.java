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
			String missing = Installation.missing(server);
			if (missing != null && Installation.isRequired(server)) {
				throw new IllegalStateException("%s is required: %s".formatted(server, missing));
			}
			if (missing != null) {
				System.out.printf("SKIPPED %s: needs %s: %s%n", context.getDisplayName(), server, missing);
				return ConditionEvaluationResult.disabled(missing);
			}
		}
		return ConditionEvaluationResult.enabled("the real servers are there");
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
