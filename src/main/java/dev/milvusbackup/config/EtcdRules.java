package dev.milvusbackup.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.milvusbackup.milvus.etcd.EtcdEndpoint;

/**
 * Rules of the keys that lead to the etcd of Milvus.
 */
final class EtcdRules {

	private final Map<String, ConfigValue> values;

	private final List<String> problems = new ArrayList<>();

	EtcdRules(Map<String, ConfigValue> values) {
		this.values = values;
		boolean secure = checkEndpoints();
		boolean certificate = isGiven("certPath");
		if (certificate != isGiven("keyPath")) {
			this.problems.add("batch.etcd.certPath: needs batch.etcd.keyPath, and the other way round");
		}
		if (!secure && (certificate || isGiven("caCertPath"))) {
			this.problems.add("batch.etcd: certificates are used with endpoints that begin with https:// only");
		}
		if (isGiven("password") && !isGiven("user")) {
			this.problems.add("batch.etcd.password: needs batch.etcd.user");
		}
	}

	List<String> problems() {
		return this.problems;
	}

	/**
	 * Whether there is one with TLS.
	 */
	private boolean checkEndpoints() {
		boolean secure = false;
		for (String text : ValueType.entries(text("milvus.etcd.endpoints"))) {
			EtcdEndpoint endpoint = EtcdEndpoint.parse(text);
			if (endpoint == null) {
				this.problems.add("milvus.etcd.endpoints: '" + text
						+ "' is not host:port, http://host:port or https://host:port");
			}
			secure |= endpoint != null && endpoint.secure();
		}
		return secure;
	}

	private boolean isGiven(String key) {
		return !text("batch.etcd." + key).isEmpty();
	}

	private String text(String name) {
		return Objects.requireNonNull(this.values.get(name), name).value();
	}

}
