package dev.milvusbackup.milvus;

import java.util.Base64;

import com.google.protobuf.InvalidProtocolBufferException;
import milvus.proto.msg.Msg.MsgPosition;

/**
 * A position in the log of a virtual channel, as backups keep it (format.md 5.9).
 */
public final class ChannelPosition {

	private ChannelPosition() {
	}

	/**
	 * Its timestamp (TSO), 0 when the text is no position.
	 * @param base64 of {@code msg.MsgPosition}
	 */
	public static long timestamp(String base64) {
		try {
			return MsgPosition.parseFrom(Base64.getDecoder().decode(base64)).getTimestamp();
		}
		catch (IllegalArgumentException | InvalidProtocolBufferException ex) {
			return 0;
		}
	}

}
