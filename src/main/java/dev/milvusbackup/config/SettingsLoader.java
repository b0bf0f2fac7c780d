package dev.milvusbackup.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration: {@code --set}, environment, file, defaults, in this order of
 * strength. Reads files only; connects to nothing.
 */
public final class SettingsLoader {

	/** The file that is used when none is named; it may be missing. */
	public static final String DEFAULT_FILE = "backup.yaml";

	private final Map<String, String> environment;

	private final Path directory;

	/**
	 * @param directory that relative names of configuration files start from
	 */
	public SettingsLoader(Map<String, String> environment, Path directory) {
		this.environment = Map.copyOf(environment);
		this.directory = directory;
	}

	/**
	 * Reads and checks everything.
	 * @param file as given with {@code --config}, null for {@value #DEFAULT_FILE}
	 * @param set the values of {@code --set}
	 * @throws ConfigException naming all problems at once; also when a file that was
	 * named does not exist
	 */
	public Configuration load(@Nullable String file, List<String> set) {
		Map<String, String> overrides = Overrides.parse(set);
		ConfigFile configFile = find(file);
		KeyResolver resolver = new KeyResolver(overrides, this.environment, configFile);
		Map<String, ConfigValue> values = resolver.resolve();
		SettingsRules rules = new SettingsRules(values, this.environment);
		List<String> problems = new ArrayList<>(resolver.problems());
		problems.addAll(rules.problems());
		if (!problems.isEmpty()) {
			throw new ConfigException("configuration (" + configFile.name() + ")", problems, null);
		}
		List<String> warnings = new UnknownKeys().warnings(configFile, overrides.keySet());
		warnings.addAll(rules.warnings());
		SettingsFactory factory = new SettingsFactory(values, rules.repositoryDirectory(), this.directory);
		return new Configuration(configFile.name(), factory.settings(), factory.log(), List.copyOf(values.values()),
				warnings);
	}

	private ConfigFile find(@Nullable String named) {
		String name = (named != null) ? named : DEFAULT_FILE;
		Path baseName = Path.of(name).getFileName();
		if (baseName == null) {
			throw notFound(name);
		}
		String home = this.environment.getOrDefault("MILVUSCONF", "");
		Path path = Stream
			.of(this.directory.resolve(name), home.isEmpty() ? null : this.directory.resolve(home).resolve(baseName),
					this.directory.resolve("configs").resolve(baseName))
			.filter((candidate) -> candidate != null && Files.exists(candidate))
			.findFirst()
			.orElse(null);
		if (path == null && named != null) {
			throw notFound(named);
		}
		return (path != null) ? ConfigFile.read(path) : ConfigFile.NONE;
	}

	private static ConfigException notFound(String name) {
		return new ConfigException("configuration file '" + name + "'", List.of("it does not exist"),
				"looked at the path itself, in $MILVUSCONF and in ./configs");
	}

}
