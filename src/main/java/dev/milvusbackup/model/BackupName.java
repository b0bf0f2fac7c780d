package dev.milvusbackup.model;

import java.util.regex.Pattern;

/**
 * Name of a backup, which is also its directory. Letters, digits and {@code _}, not
 * starting with a digit, at most 128 characters (format.md 9.12).
 */
public record BackupName(String value) {

	private static final Pattern ALLOWED = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

	/**
	 * @throws InvalidNameException when the value is not an allowed name
	 */
	public BackupName {
		if (!ALLOWED.matcher(value).matches()) {
			throw new InvalidNameException("unable to use backup name '" + value + "': not an allowed name",
					"use letters, digits and _ only, start with a letter or _, at most 128 characters");
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
