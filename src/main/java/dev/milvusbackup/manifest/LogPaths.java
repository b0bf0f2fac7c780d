package dev.milvusbackup.manifest;

import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.Segment;

/**
 * Says where an object lay in the source, which the format records ({@code log_path}) for
 * people and for releases that know no {@code log_id}.
 */
@FunctionalInterface
public interface LogPaths {

	/** Records none. */
	LogPaths NONE = (segment, binlog) -> "";

	/**
	 * The object's key in the Milvus bucket, or absolute path for local storage.
	 */
	String path(Segment segment, Binlog binlog);

	/**
	 * Keys in a bucket.
	 */
	static LogPaths of(MilvusLayout source) {
		return (segment, binlog) -> source.key(segment, binlog).value();
	}

	/**
	 * Files of local storage.
	 * @param directory absolute path of the directory that the source's root is relative
	 * to
	 */
	static LogPaths below(String directory, MilvusLayout source) {
		String start = directory.endsWith("/") ? directory : directory + "/";
		return (segment, binlog) -> start + source.key(segment, binlog).value();
	}

}
