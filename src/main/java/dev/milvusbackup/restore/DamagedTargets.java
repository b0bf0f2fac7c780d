package dev.milvusbackup.restore;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

import dev.milvusbackup.restore.RestoreException.Kind;

/**
 * Collects the targets that are not what the backup holds. Thread-safe.
 */
final class DamagedTargets {

	private final RestoreTargets targets;

	private final Map<String, String> damaged = new ConcurrentSkipListMap<>();

	DamagedTargets(RestoreTargets targets) {
		this.targets = targets;
	}

	void add(RestoreTarget target, List<String> problems) {
		String problem = String.join("; ", problems);
		this.damaged.put(target.name().toString(), problem);
		this.targets.fail(target, problem);
	}

	/**
	 * @throws RestoreException of kind DAMAGED that names all of them
	 */
	void requireNone() {
		if (!this.damaged.isEmpty()) {
			throw new RestoreException(Kind.DAMAGED,
					"unable to verify the restore of '" + String.join("', '", this.damaged.keySet()) + "': "
							+ this.damaged.entrySet()
								.stream()
								.map((entry) -> entry.getKey() + ": " + entry.getValue())
								.collect(Collectors.joining("; ")),
					"drop these collections and restore them again; if it happens again, verify the backup and "
							+ "look whether this release of Milvus can hold them");
		}
	}

}
