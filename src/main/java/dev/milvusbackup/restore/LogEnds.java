package dev.milvusbackup.restore;

import java.util.List;
import java.util.Objects;

import dev.milvusbackup.milvus.ChannelPosition;
import dev.milvusbackup.model.ClusterState.FlushPositions;
import dev.milvusbackup.model.Segment;

/**
 * Where the data of a backup ends in the logs of the source: at the checkpoint of the
 * collection's channel, or where the flush of everything was in the physical channel
 * (format.md 13). Pure.
 *
 * @param wanted whether what came later is to be left out
 * @param flush of everything, before the backup
 */
record LogEnds(boolean wanted, FlushPositions flush) {

	/**
	 * TSO of the last row or delete of the segment that is restored, 0 for no end.
	 * @throws RestoreException of kind PREFLIGHT when the backup does not tell
	 */
	long of(Segment segment, RestoreTarget target) {
		if (!this.wanted) {
			return 0;
		}
		String channel = channel(segment, target);
		String checkpoint = target.collection().checkpoint().channels().get(channel);
		String message = this.flush.messages().get(physical(channel));
		long end = (checkpoint != null) ? ChannelPosition.timestamp(checkpoint)
				: (message != null) ? ChannelPosition.ofFlush(message) : 0;
		if (end <= 0) {
			throw new RestoreException(
					RestoreException.Kind.PREFLIGHT, "unable to truncate '" + target.name()
							+ "': the backup has no checkpoint of channel '" + channel + "' of segment " + segment.id(),
					"leave out --truncate_binlog_by_ts");
		}
		return end;
	}

	/** All segments of a collection with one channel are of that one, told or not. */
	private static String channel(Segment segment, RestoreTarget target) {
		List<String> all = target.collection().virtualChannels();
		String told = Objects.requireNonNullElse(segment.virtualChannel(), "");
		return (told.isEmpty() && all.size() == 1) ? all.get(0) : told;
	}

	/** A virtual channel is called {@code <physical channel>_<collection id>v<shard>}. */
	private static String physical(String channel) {
		return channel.replaceFirst("_\\d+v\\d+$", "");
	}

}
