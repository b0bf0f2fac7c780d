package dev.milvusbackup.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.milvusbackup.config.ConfigValue.Source;
import dev.milvusbackup.storage.ObjectPrefix;

/**
 * What the keys of one storage may be together (behaviour C.2), and which of it this
 * version can do.
 */
final class StorageRules {

	private static final List<String> SUPPORTED_PROVIDERS = List.of("local", "minio", "s3", "aws", "aliyun", "tencent",
			"hwc", "gcp");

	/** Where the role of a machine or pod is told as Amazon tells it. */
	private static final List<String> IAM_PROVIDERS = List.of("minio", "s3", "aws");

	/** Of the providers that speak S3. */
	private static final List<String> S3_TYPES = List.of("static", "iam", "default");

	private static final Map<String, List<String>> TYPES = Map.of("azure", List.of("sharedkey", "default"), "gcpnative",
			List.of("serviceaccount", "default"));

	/** Way to log in to the keys below auth that it uses. */
	private static final Map<String, List<String>> CREDENTIALS = Map.of("static",
			List.of("accessKeyID", "secretAccessKey", "sessionToken"), "sharedkey", List.of("accountKey"),
			"serviceaccount", List.of("credentialsFile"), "iam", List.of("endpoint"), "default", List.of());

	private final Map<String, ConfigValue> values;

	private final String prefix;

	private final String provider;

	private final List<String> problems = new ArrayList<>();

	private final List<String> unsupported = new ArrayList<>();

	StorageRules(Map<String, ConfigValue> values, String prefix) {
		this.values = values;
		this.prefix = prefix;
		this.provider = StorageKeys.canonicalProvider(text("provider"));
		if (isLocal()) {
			checkLocal();
		}
		else {
			checkBucket();
			checkLogin();
		}
		checkMilvusAddress();
		if (!SUPPORTED_PROVIDERS.contains(this.provider)) {
			this.unsupported.add(prefix + "provider: '" + this.provider + "' is not supported yet, only "
					+ String.join(", ", SUPPORTED_PROVIDERS) + advice());
		}
	}

	List<String> problems() {
		return this.problems;
	}

	List<String> unsupported() {
		return this.unsupported;
	}

	/**
	 * Whether a key has a meaning for the provider and the way to log in.
	 * @param part of the key after the prefix of the storage
	 */
	boolean applies(String part) {
		return switch (part) {
			case "accountName" -> "azure".equals(this.provider);
			case "localPath" -> isLocal();
			default -> !part.startsWith("auth.") || "auth.type".equals(part)
					|| (!isLocal() && credentials().contains(part.substring("auth.".length())));
		};
	}

	private boolean isLocal() {
		return "local".equals(this.provider);
	}

	private void checkLocal() {
		if (text("rootPath").isBlank()) {
			problem("rootPath", "local storage needs a directory");
		}
	}

	private void checkBucket() {
		if (!isDirectory(text("rootPath"))) {
			problem("rootPath", "'" + text("rootPath") + "' is no path in a bucket");
		}
		if (!text("localPath").isEmpty()) {
			problem("localPath", "only for provider local");
		}
		boolean azure = "azure".equals(this.provider);
		if (azure && text("accountName").isEmpty()) {
			problem("accountName", "needed for provider azure");
		}
		if (!azure && isGiven("accountName")) {
			problem("accountName", "only for provider azure");
		}
	}

	private void checkLogin() {
		String type = type();
		List<String> types = TYPES.getOrDefault(this.provider, S3_TYPES);
		if (!types.contains(type)) {
			problem("auth.type", "'" + text("auth.type") + "' is not for provider " + this.provider + ", which takes "
					+ String.join(", ", types));
			return;
		}
		if (List.of("sharedkey", "serviceaccount").contains(type)) {
			credentials().stream()
				.filter((part) -> text("auth." + part).isEmpty())
				.forEach((part) -> problem("auth." + part, "needed for auth.type " + text("auth.type")));
		}
		CREDENTIALS.values()
			.stream()
			.flatMap(List::stream)
			.filter((part) -> !credentials().contains(part) && isGiven("auth." + part))
			.sorted()
			.forEach((part) -> problem("auth." + part, "not used by auth.type " + text("auth.type")));
		if (!isSupported(type)) {
			this.unsupported
				.add(this.prefix + "auth.type: '" + text("auth.type") + "' is not supported yet for provider "
						+ this.provider + ", only static (and iam for " + String.join(", ", IAM_PROVIDERS) + ")");
		}
	}

	/** Of a provider that is not supported, that alone is told. */
	private boolean isSupported(String type) {
		return !SUPPORTED_PROVIDERS.contains(this.provider) || "static".equals(type)
				|| ("iam".equals(type) && IAM_PROVIDERS.contains(this.provider));
	}

	private String advice() {
		return "gcpnative".equals(this.provider) ? "; 'gcp' reaches the same buckets with HMAC keys" : "";
	}

	private void checkMilvusAddress() {
		String address = text("milvusAddress");
		if (!address.isEmpty() && (isLocal() || address.contains("://"))) {
			problem("milvusAddress", isLocal() ? "not for provider local" : "a host, not a URL");
		}
		if (address.isEmpty() && !"0".equals(text("milvusPort"))) {
			problem("milvusPort", "needs milvusAddress too");
		}
	}

	private List<String> credentials() {
		return CREDENTIALS.getOrDefault(type(), List.of());
	}

	private String type() {
		return text("auth.type").toLowerCase(Locale.ROOT);
	}

	/** An empty text is as good as none; v1 names are translated as far as they apply. */
	private boolean isGiven(String part) {
		ConfigValue value = value(part);
		return value.source() != Source.DEFAULT && value.isGivenUnderOwnName() && !value.value().isEmpty();
	}

	private static boolean isDirectory(String path) {
		try {
			return ObjectPrefix.of(path) != null;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private void problem(String part, String what) {
		this.problems.add(this.prefix + part + ": " + what);
	}

	private String text(String part) {
		return value(part).value();
	}

	private ConfigValue value(String part) {
		ConfigValue value = this.values.get(this.prefix + part);
		if (value == null) {
			throw new IllegalArgumentException("no key " + this.prefix + part);
		}
		return value;
	}

}
