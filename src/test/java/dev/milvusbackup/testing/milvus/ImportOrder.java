package dev.milvusbackup.testing.milvus;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What somebody asked a simulated server to import.
 *
 * @param partition empty when none was named
 * @param files for each of the files what its paths are
 */
public record ImportOrder(FakeCollection collection, String partition, List<List<String>> files,
		Map<String, String> options) {

	public ImportOrder {
		files = files.stream().map(List::copyOf).toList();
		options = new TreeMap<>(options);
	}

	boolean isBackup() {
		return isSet("backup");
	}

	boolean isLevelZero() {
		return isSet("l0_import");
	}

	boolean skipsDiskQuota() {
		return isSet("skip_disk_quota_check");
	}

	/**
	 * @throws IllegalStateException when it is no number
	 */
	int storageVersion() {
		return (int) number("storage_version", 0);
	}

	/**
	 * The latest time that is of interest.
	 * @throws IllegalStateException when it is no number
	 */
	long endTimestamp() {
		return number("end_ts", Long.MAX_VALUE);
	}

	private boolean isSet(String option) {
		return this.options.getOrDefault(option, "").equalsIgnoreCase("true");
	}

	private long number(String option, long absent) {
		String value = this.options.get(option);
		try {
			return (value != null) ? Long.parseLong(value) : absent;
		}
		catch (NumberFormatException ex) {
			throw new IllegalStateException("parse " + option + " failed, value=" + value, ex);
		}
	}

}
