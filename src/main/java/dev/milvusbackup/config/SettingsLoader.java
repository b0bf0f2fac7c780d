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
		Resolution resolution = resolve(find(file), Overrides.parse(set));
		ConfigurationView view = resolution.view();
		if (!view.obstacles().isEmpty()) {
			// a key that was not understood may be why
			String hint = view.warnings().isEmpty() ? null : String.join("; ", view.warnings());
			throw new ConfigException("configuration (" + view.source() + ")", view.obstacles(), hint);
		}
		SettingsFactory factory = new SettingsFactory(resolution.values(), resolution.rules().repositoryDirectory(),
				this.directory);
		return new Configuration(view.source(), factory.settings(), factory.log(), view.values(), view.warnings());
	}

	/**
	 * Reads everything as {@link #load} does, without asking whether it can be used.
	 * @throws ConfigException when there is nothing to show: the file does not exist or
	 * is no configuration, or an option is not of the form {@code key=value}
	 */
	public ConfigurationView view(@Nullable String file, List<String> set) {
		return resolve(find(file), Overrides.parse(set)).view();
	}

	/**
	 * Translates a v1 file; values that v1 takes from the environment are moved into the
	 * result, but for secrets.
	 * @param file as given with {@code --config}, null for {@value #DEFAULT_FILE}
	 * @throws ConfigException when there is no such file or it is a v2 file
	 */
	public MigratedFile migrate(@Nullable String file) {
		ConfigFile old = find((file != null) ? file : DEFAULT_FILE);
		if (old == ConfigFile.NONE) {
			throw notFound(DEFAULT_FILE);
		}
		if (old.version() == 2) {
			throw new ConfigException("configuration file '" + old.name() + "'", List.of("it is a v2 file already"),
					"there is nothing to migrate");
		}
		Resolution resolution = resolve(old, Map.of());
		return new ConfigMigration(old, resolution.values(), this.environment).migrate(resolution.view());
	}

	private Resolution resolve(ConfigFile file, Map<String, String> overrides) {
		KeyResolver resolver = new KeyResolver(overrides, this.environment, file);
		Map<String, ConfigValue> values = resolver.resolve();
		SettingsRules rules = new SettingsRules(values, this.environment);
		List<String> problems = new ArrayList<>(resolver.problems());
		problems.addAll(rules.problems());
		UnknownKeys unknown = new UnknownKeys();
		List<String> warnings = unknown.warnings(file, overrides.keySet());
		warnings.addAll(unknown.ignoredVariables(file, this.environment));
		warnings.addAll(rules.warnings());
		return new Resolution(values, rules,
				new ConfigurationView(file.name(), resolver.given(), problems, rules.unsupported(), warnings));
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

	/**
	 * What was found, and what it is worth.
	 */
	private record Resolution(Map<String, ConfigValue> values, SettingsRules rules, ConfigurationView view) {
	}

}
