package dev.milvusbackup.layout;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.SegmentBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LayoutTest {

	private final MilvusLayout milvus = new MilvusLayout(ObjectPrefix.of("files"));

	private final BackupLayout backup = new BackupLayout(ObjectPrefix.of("backup"), new BackupName("my_backup"));

	private final Segment data = SegmentBuilder.segment(454100)
		.collection(454001)
		.partition(454002)
		.insert(100, 454211, 1)
		.delta(454300, 1)
		.build();

	private final Segment collectionL0 = SegmentBuilder.segment(454160)
		.collection(454001)
		.collectionL0()
		.delta(454302, 1)
		.build();

	@Test
	void insertLogsGetAGroupLevel() {
		assertThat(this.milvus.key(this.data, this.data.binlogs().get(0)))
			.hasToString("files/insert_log/454001/454002/454100/100/454211");
		assertThat(this.backup.key(this.data, this.data.binlogs().get(0)))
			.hasToString("backup/my_backup/binlogs/insert_log/454001/454002/454100/454100/100/454211");
	}

	@Test
	void deltaLogsGetAGroupLevel() {
		assertThat(this.milvus.key(this.data, this.data.binlogs().get(1)))
			.hasToString("files/delta_log/454001/454002/454100/454300");
		assertThat(this.backup.key(this.data, this.data.binlogs().get(1)))
			.hasToString("backup/my_backup/binlogs/delta_log/454001/454002/454100/454100/454300");
	}

	@Test
	void collectionWideDeletesGetNone() {
		assertThat(this.milvus.key(this.collectionL0, this.collectionL0.binlogs().get(0)))
			.hasToString("files/delta_log/454001/-1/454160/454302");
		assertThat(this.backup.key(this.collectionL0, this.collectionL0.binlogs().get(0)))
			.hasToString("backup/my_backup/binlogs/delta_log/454001/-1/454160/454302");
	}

	@Test
	void segmentsWithoutGroupLieDirectlyInThePartition() {
		Segment old = SegmentBuilder.segment(3).group(0).insert(0, 4, 1).build();
		assertThat(this.backup.key(old, old.binlogs().get(0)))
			.hasToString("backup/my_backup/binlogs/insert_log/1/10/3/0/4");
		assertThat(this.backup.group(BinlogKind.INSERT, old)).hasToString("backup/my_backup/binlogs/insert_log/1/10/");
	}

	@Test
	void anImportIsGivenTheGroup() {
		assertThat(this.backup.group(BinlogKind.DELTA, this.data))
			.hasToString("backup/my_backup/binlogs/delta_log/454001/454002/454100/");
		assertThat(this.backup.segment(BinlogKind.DELTA, this.collectionL0))
			.hasToString("backup/my_backup/binlogs/delta_log/454001/-1/454160/");
	}

	@Test
	void stagedCopiesLieAtTheTopOfTheBucket() {
		StagingLayout staging = new StagingLayout("restore_1", CollectionName.parse("c1"));
		assertThat(staging.directory()).hasToString("restore-temp-restore_1-default-c1/");
		assertThat(staging.prefix(this.backup, this.backup.group(BinlogKind.INSERT, this.data)))
			.hasToString("restore-temp-restore_1-default-c1/binlogs/insert_log/454001/454002/454100/");
		assertThat(staging.key(this.backup, this.backup.key(this.data, this.data.binlogs().get(1))))
			.hasToString("restore-temp-restore_1-default-c1/binlogs/delta_log/454001/454002/454100/454100/454300");
	}

	@Test
	void onlyWhatBelongsToTheBackupIsStaged() {
		StagingLayout staging = new StagingLayout("restore_1", CollectionName.parse("c1"));
		ObjectKey foreign = new ObjectKey("backup/my_backup2/binlogs/x");
		assertThatIllegalArgumentException().isThrownBy(() -> staging.key(this.backup, foreign));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> staging.prefix(this.backup, new ObjectPrefix("backup/my_backup2/")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "files/stats_log/1/2/3/4/5", "files/insert_log/1/2/3/4", "files/insert_log/1/2/3/4/5/6",
			"files/insert_log/1/-1/3/4/5", "files/delta_log/1/-2/3/4", "files/delta_log/1/2/3/x",
			"files/delta_log/1/2/03/4", "files/delta_log/1/2/3/9223372036854775808", "other/delta_log/1/2/3/4",
			"files/insert_log", "files/wal/x" })
	void foreignObjectsOfMilvusAreNoBinlogs(String key) {
		assertThat(this.milvus.parse(new ObjectKey(key))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta/backup_meta.json", "binlogs/delta_log/1/-1/2/3/4", "binlogs/insert_log/1/2/3/4",
			"binlogs/insert_log/1/2/3/4/5/6/7", "binlogs/delta_log/1/2/3", "insert_log/1/2/3/4/5" })
	void foreignObjectsOfABackupAreNoBinlogs(String path) {
		assertThat(this.backup.parse(this.backup.directory().key(path))).isEmpty();
	}

	@Test
	void theExistenceMarkerIsWrittenLast() {
		assertThat(MetaFile.writeOrder()).endsWith(MetaFile.FULL, MetaFile.BACKUP)
			.doesNotContain(MetaFile.DRAFT, MetaFile.LEASE);
		assertThat(this.backup.meta(MetaFile.BACKUP)).hasToString("backup/my_backup/meta/backup_meta.json");
	}

}
