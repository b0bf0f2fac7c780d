package dev.milvusbackup.copy;

import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectKey;

/**
 * From which key to which key the objects of a segment are copied. Pure.
 */
public interface SegmentRoute {

	ObjectKey source(Segment segment, Binlog binlog);

	ObjectKey target(Segment segment, Binlog binlog);

}
