package dev.milvusbackup.milvus;

import java.util.Base64;

import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.grpc.ImmutableMessage;
import milvus.proto.msg.Msg.MsgPosition;

/**
 * A position in the log of a channel, as backups keep it (format.md 5.9).
 */
public final class ChannelPosition {

	/** Property of a message: its time tick in base 36. */
	private static final String TIME_TICK = "_tt";

	private static final int TIME_TICK_RADIX = 36;

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

	/**
	 * The time tick (TSO) of the message by which everything of a physical channel was
	 * flushed, 0 when the text is none.
	 * @param base64 of {@code common.ImmutableMessage}
	 */
	public static long ofFlush(String base64) {
		try {
			return timeTick(ImmutableMessage.parseFrom(Base64.getDecoder().decode(base64)));
		}
		catch (IllegalArgumentException | InvalidProtocolBufferException ex) {
			return 0;
		}
	}

	/**
	 * @throws NumberFormatException when the message has none
	 */
	static long timeTick(ImmutableMessage message) {
		return Long.parseUnsignedLong(message.getPropertiesOrDefault(TIME_TICK, ""), TIME_TICK_RADIX);
	}

}
