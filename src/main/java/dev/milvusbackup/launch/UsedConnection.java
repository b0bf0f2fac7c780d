package dev.milvusbackup.launch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;

import org.jspecify.annotations.Nullable;

/**
 * A connection that says once that it is no longer used, when it is closed.
 */
final class UsedConnection implements InvocationHandler {

	private final Connection connection;

	private final Runnable end;

	private boolean ended;

	private UsedConnection(Connection connection, Runnable end) {
		this.connection = connection;
		this.end = end;
	}

	static Connection of(Connection connection, Runnable end) {
		return (Connection) Proxy.newProxyInstance(UsedConnection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, new UsedConnection(connection, end));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(this.connection, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
		finally {
			if (method.getName().equals("close") && !this.ended) {
				this.ended = true;
				this.end.run();
			}
		}
	}

}
