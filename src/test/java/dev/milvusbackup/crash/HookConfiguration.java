package dev.milvusbackup.crash;

import java.util.function.Function;

import dev.milvusbackup.crash.CrashChild.HookedStores;
import dev.milvusbackup.storage.StoreConnector;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets the hooks see the steps, and the launch of the job.
 */
@Configuration(proxyBeanMethods = false)
class HookConfiguration {

	@Bean
	StepExecutionListener hooks(StoreConnector stores) {
		return ((HookedStores) stores).hooks();
	}

	@Bean
	static BeanPostProcessor launches(ObjectProvider<StoreConnector> stores) {
		return new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				if (!(bean instanceof JobOperator operator)) {
					return bean;
				}
				Hooks hooks = ((HookedStores) stores.getObject()).hooks();
				return hooks.watch(JobOperator.class, operator, (arguments) -> "", Function.identity());
			}
		};
	}

}
