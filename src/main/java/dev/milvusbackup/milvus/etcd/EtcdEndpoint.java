package dev.milvusbackup.milvus.etcd;

import java.net.URI;
import java.net.URISyntaxException;

import org.jspecify.annotations.Nullable;

/**
 * One member of the cluster.
 */
public record EtcdEndpoint(String host, int port, boolean secure) {

	private static final int DEFAULT_PORT = 2379;

	/**
	 * Null when the text is no endpoint.
	 */
	public static @Nullable EtcdEndpoint parse(String text) {
		try {
			URI uri = new URI(text.contains("://") ? text.strip() : "http://" + text.strip());
			boolean secure = "https".equalsIgnoreCase(uri.getScheme());
			boolean plain = secure || "http".equalsIgnoreCase(uri.getScheme());
			boolean bare = uri.getPath().matches("/?") && uri.getQuery() == null && uri.getUserInfo() == null;
			if (!plain || !bare || uri.getHost() == null) {
				return null;
			}
			return new EtcdEndpoint(uri.getHost(), (uri.getPort() > 0) ? uri.getPort() : DEFAULT_PORT, secure);
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

}
