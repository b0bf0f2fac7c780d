package dev.milvusbackup.milvus;

import java.util.Base64;

import io.milvus.grpc.ImmutableMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ChannelPositionTest {

	private static final long TIMESTAMP = 461530111222333440L;

	@Test
	void aPositionTellsItsTimestamp() {
		assertThat(ChannelPosition.timestamp("ChZieS1kZXYtcm9vdGNvb3JkLWRtbF8wEgIBAiCAgLfkjebrswY="))
			.isEqualTo(TIMESTAMP);
	}

	@Test
	void aFlushTellsItsTimeTickInBase36() {
		assertThat(ChannelPosition.ofFlush("CgMKATEaCAoCX3QSAjMxGgcKAl92EgEyGhMKA190dBIMM2k4ZXJxMmpmbmsw"
				+ "Gh0KA192YxIWYnktZGV2LXJvb3Rjb29yZC1kbWxfMA=="))
			.isEqualTo(TIMESTAMP);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "no base64!", "AAAA", "////" })
	void whatIsNoneTellsNothing(String text) {
		assertThat(ChannelPosition.timestamp(text)).isZero();
		assertThat(ChannelPosition.ofFlush(text)).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-", "not a tick", "zzzzzzzzzzzzzzzzzzzz" })
	void aTickThatIsNoNumberTellsNothing(String tick) {
		byte[] message = ImmutableMessage.newBuilder().putProperties("_tt", tick).build().toByteArray();
		assertThat(ChannelPosition.ofFlush(Base64.getEncoder().encodeToString(message))).isZero();
	}

}
