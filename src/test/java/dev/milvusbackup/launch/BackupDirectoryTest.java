package dev.milvusbackup.launch;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.ledger.LeaseOwner;
import dev.milvusbackup.manifest.ManifestException;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BackupDirectoryTest {

	private static final BackupName NAME = new BackupName("b1");

	private final BackupLayout layout = new BackupLayout(ObjectPrefix.ROOT, NAME);

	private final StorageProperties storage;

	private final ObjectStore store;

	private final BackupDirectory backups;

	BackupDirectoryTest(@TempDir Path directory) {
		this.storage = new StorageProperties("local", "", 0, null, false, "", directory.toString(), null, null, null,
				null, 4, 1 << 20);
		this.store = new DefaultStoreConnector().open(this.storage);
		this.backups = BackupDirectory.open(new DefaultStoreConnector(), this.storage);
		this.store.write(this.layout.binlogs().key("x"), content("data"));
		this.store.write(this.layout.meta(MetaFile.DRAFT), content("draft"));
	}

	@Test
	void aBackupThatALiveProcessWorksOnIsNotDeleted() {
		new LeaseObject(this.store, this.layout).write(LeaseOwner.here());
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> this.backups.delete(NAME))
			.withMessageContaining("process " + ProcessHandle.current().pid())
			.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(ExitCode.RUNNING));
		assertThat(this.store.stat(this.layout.meta(MetaFile.DRAFT))).isPresent();
	}

	@Test
	void aBackupWhoseOwnerOnAnotherHostHasExpiredIsDeleted() {
		writeLease(Instant.now().minusSeconds(61));
		this.backups.delete(NAME);
		assertThat(this.backups.list()).isEmpty();
	}

	@Test
	void aBackupWhoseOwnerOnAnotherHostIsFreshIsNotDeleted() {
		writeLease(Instant.now().minusSeconds(30));
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> this.backups.delete(NAME))
			.withMessageContaining("elsewhere");
	}

	@Test
	void deletingTwiceTellsThatThereIsNothing() {
		this.backups.delete(NAME);
		assertThatExceptionOfType(ManifestException.class).isThrownBy(() -> this.backups.delete(NAME))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(ManifestException.Kind.NOT_FOUND));
	}

	private void writeLease(Instant heartbeat) {
		LeaseOwner owner = new LeaseOwner("id", "elsewhere", "other machine", 1, "0");
		byte[] lease = JsonMapper.shared().writeValueAsBytes(new Lease(owner, heartbeat.toString()));
		this.store.write(this.layout.meta(MetaFile.LEASE), ObjectContent.of(lease));
	}

	private static ObjectContent content(String text) {
		return ObjectContent.of(text.getBytes(StandardCharsets.UTF_8));
	}

	record Lease(LeaseOwner owner, String heartbeat) {
	}

}
