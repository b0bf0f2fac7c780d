package dev.milvusbackup.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Aligned columns, two blanks apart.
 */
final class TextTable {

	private final List<String[]> rows = new ArrayList<>();

	TextTable(String... header) {
		this.rows.add(header);
	}

	void row(String... cells) {
		this.rows.add(cells);
	}

	@Override
	public String toString() {
		int[] widths = new int[this.rows.get(0).length];
		for (String[] row : this.rows) {
			for (int column = 0; column < widths.length; column++) {
				widths[column] = Math.max(widths[column], row[column].length());
			}
		}
		return this.rows.stream().map((row) -> line(row, widths)).collect(Collectors.joining("\n"));
	}

	private static String line(String[] row, int[] widths) {
		StringBuilder line = new StringBuilder();
		for (int column = 0; column < row.length; column++) {
			line.append(row[column]).append(" ".repeat(widths[column] - row[column].length() + 2));
		}
		return line.toString().stripTrailing();
	}

}
