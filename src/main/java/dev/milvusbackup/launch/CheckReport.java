package dev.milvusbackup.launch;

import java.util.List;

/**
 * What {@code check} found.
 *
 * @param warnings what may keep a backup from being complete, several lines each
 */
public record CheckReport(String milvusVersion, List<String> warnings) {

	public CheckReport {
		warnings = List.copyOf(warnings);
	}

}
