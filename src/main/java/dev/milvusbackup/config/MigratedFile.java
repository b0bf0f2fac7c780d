package dev.milvusbackup.config;

import java.util.List;

/**
 * A v1 file in the words of v2.
 *
 * @param source the file that was translated
 * @param yaml the complete v2 file, with secrets in clear: to be kept as private as the
 * source
 * @param notes what a person has to know or to do, one line each
 * @param problems why the result cannot be loaded, one line each
 */
public record MigratedFile(String source, String yaml, List<String> notes, List<String> problems) {

	public MigratedFile {
		notes = List.copyOf(notes);
		problems = List.copyOf(problems);
	}

	@Override
	public String toString() {
		return "MigratedFile[" + this.source + "]";
	}

}
