package dev.milvusbackup.ledger;

import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.model.SegmentLevel;
import dev.milvusbackup.testing.sql.DatabaseKind;
import dev.milvusbackup.testing.sql.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A test on an empty ledger in each kind of database.
 */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
abstract class LedgerTest {

	@Parameter
	DatabaseKind kind = DatabaseKind.H2_MEMORY;

	TestDatabase database;

	LedgerDatabase ledger;

	@BeforeEach
	void openDatabase() {
		this.database = TestDatabase.open(this.kind);
		this.ledger = new LedgerDatabase(this.database.dataSource());
	}

	@AfterEach
	void closeDatabase() {
		this.database.close();
	}

	Run openRun() {
		return new RunLedger(this.ledger).open(new RunIdentity(RunKind.BACKUP, "minio:9000/bucket/backup", "nightly"),
				"nightly", "abc", "{}");
	}

	static Segment segment(long collection, long partition, long id, int objects) {
		List<Binlog> binlogs = new ArrayList<>();
		for (int i = 0; i < objects; i++) {
			binlogs.add(new Binlog((i == 0) ? BinlogKind.DELTA : BinlogKind.INSERT, i, 1000 * id + i, 10 + i,
					"source" + i));
		}
		return new Segment(id, collection, partition, 100, SegmentLevel.DATA, 0, "ch", 0, binlogs);
	}

	/**
	 * The segment with other entity tags, as a copy has them.
	 */
	static Segment copied(Segment segment) {
		return withBinlogs(segment,
				segment.binlogs()
					.stream()
					.map(binlog -> new Binlog(binlog.kind(), binlog.fieldId(), binlog.logId(), binlog.bytes(),
							"copy" + binlog.logId()))
					.toList());
	}

	static Segment withBinlogs(Segment segment, List<Binlog> binlogs) {
		return new Segment(segment.id(), segment.collectionId(), segment.partitionId(), segment.rows(), segment.level(),
				segment.groupId(), segment.virtualChannel(), segment.storageVersion(), binlogs);
	}

	static PlannedCollection collection(long id) {
		return new PlannedCollection(id, "default.c" + id, "{\"id\":" + id + "}", PlannedCollection.State.DESCRIBED,
				"");
	}

}
