package dev.milvusbackup.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import dev.milvusbackup.milvus.BulkImport;
import dev.milvusbackup.milvus.MilvusCatalog;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.milvus.MilvusSchema;
import dev.milvusbackup.milvus.MilvusSnapshots;

/**
 * A Milvus of which calls can be made to fail before or after they are executed, as if
 * the process had been killed there.
 */
public final class InterruptedCalls {

	private static final Set<Class<?>> WRAPPED = Set.of(MilvusCatalog.class, MilvusSchema.class, BulkImport.class,
			MilvusSnapshots.class);

	private final Map<String, RuntimeException> before = new HashMap<>();

	private final Map<String, RuntimeException> after = new HashMap<>();

	private final Milvus milvus;

	public InterruptedCalls(Milvus milvus) {
		this.milvus = wrap(Milvus.class, milvus);
	}

	public Milvus milvus() {
		return this.milvus;
	}

	/**
	 * The next call of that method throws and is not executed.
	 */
	public void before(String method, RuntimeException failure) {
		this.before.put(method, failure);
	}

	/**
	 * The next call of that method is executed, then throws.
	 */
	public void after(String method, RuntimeException failure) {
		this.after.put(method, failure);
	}

	private <T> T wrap(Class<T> type, T target) {
		InvocationHandler handler = (proxy, method, arguments) -> {
			fail(this.before, method.getName());
			Object result;
			try {
				result = method.invoke(target, arguments);
			}
			catch (InvocationTargetException ex) {
				throw ex.getCause();
			}
			fail(this.after, method.getName());
			return WRAPPED.contains(method.getReturnType()) ? wrapResult(method.getReturnType(), result) : result;
		};
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private <T> T wrapResult(Class<T> type, Object result) {
		return wrap(type, type.cast(result));
	}

	private static synchronized void fail(Map<String, RuntimeException> failures, String method) {
		RuntimeException failure = failures.remove(method);
		if (failure != null) {
			throw failure;
		}
	}

	/**
	 * As if the process had been killed.
	 */
	public static final class Killed extends RuntimeException {

		private static final long serialVersionUID = 1;

	}

}
