package dev.milvusbackup.milvus.etcd;

import java.util.List;

import dev.milvusbackup.milvus.tls.Certificates;

/**
 * How to reach the etcd that a Milvus keeps its metadata in.
 *
 * @param endpoints {@code host:port}, {@code http://host:port} or
 * {@code https://host:port}, of members of one cluster
 * @param rootPath of that Milvus, without slashes at its ends
 * @param user empty for an etcd without authentication
 */
public record EtcdProperties(List<String> endpoints, String rootPath, String user, String password,
		Certificates certificates) {

	/** As Milvus itself has it unless configured otherwise. */
	public static final EtcdProperties DEFAULT = new EtcdProperties(List.of("localhost:2379"), "by-dev", "", "",
			Certificates.NONE);

	public EtcdProperties {
		endpoints = List.copyOf(endpoints);
		rootPath = rootPath.replaceAll("^/+|/+$", "");
	}

	/**
	 * The endpoints, to name the cluster in messages.
	 */
	public String target() {
		return String.join(",", this.endpoints);
	}

	@Override
	public String toString() {
		return "EtcdProperties[" + target() + "/" + this.rootPath + ", user=" + this.user + "]";
	}

}
