package dev.milvusbackup.ledger;

import java.util.List;

import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BinlogCodecTest {

	private final BinlogCodec codec = new BinlogCodec();

	@Test
	void textIsShort() {
		assertThat(this.codec.encode(List.of(new Binlog(BinlogKind.INSERT, 100, 449, 12, "e1"),
				new Binlog(BinlogKind.DELTA, 0, 450, 0, null))))
			.isEqualTo("[[0,100,449,12,\"e1\"],[1,0,450,0]]");
	}

	@Test
	void everyBinlogComesBackAsItWas() {
		List<Binlog> binlogs = List.of(
				new Binlog(BinlogKind.INSERT, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, ""),
				new Binlog(BinlogKind.DELTA, -1, 0, 0, "q\"uote\\ \n é 💾"),
				new Binlog(BinlogKind.INSERT, 1, 2, 3, null));
		assertThat(this.codec.decode(this.codec.encode(binlogs))).isEqualTo(binlogs);
		assertThat(this.codec.decode(this.codec.encode(List.of()))).isEmpty();
	}

}
