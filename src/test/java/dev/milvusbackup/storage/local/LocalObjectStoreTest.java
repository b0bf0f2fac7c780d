package dev.milvusbackup.storage.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.ObjectStoreContract;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

class LocalObjectStoreTest extends ObjectStoreContract {

	@TempDir
	private Path directory;

	private int stores;

	@Override
	protected ObjectStore createStore() throws IOException {
		Path root = Files.createDirectory(this.directory.resolve("store" + this.stores++));
		return LocalObjectStore.open(properties(root), new StoreMetrics());
	}

	@Test
	void aMissingRootIsAnErrorOfConfiguration() {
		Path missing = this.directory.resolve("no/such");
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> LocalObjectStore.open(properties(missing), new StoreMetrics()))
			.withMessage("unable to open local storage '" + missing + "': there is no such directory")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(StorageException.Kind.CONFIGURATION));
	}

	@Test
	void aRootThatDisappearsIsNotAnEmptyListing() throws IOException {
		Files.delete(root());
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> store().list(ObjectPrefix.ROOT));
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> store().directories(ObjectPrefix.ROOT));
	}

	@Test
	void openOrCreateMakesTheRoot() {
		Path missing = this.directory.resolve("new/deep/root");
		LocalObjectStore.openOrCreate(properties(missing), new StoreMetrics()).close();
		assertThat(missing).isDirectory();
	}

	@Test
	void anEmptyRootPathIsRefused() {
		StorageProperties properties = new StorageProperties("local", "", 0, null, false, "", "", null, null, null,
				null, 1, 1);
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> LocalObjectStore.openOrCreate(properties, new StoreMetrics()))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(StorageException.Kind.CONFIGURATION));
	}

	@Test
	void deleteRemovesTheDirectoriesThatAreEmptyWithoutTheObject() {
		write("a/b/c/x", text("1"));
		write("a/y", text("1"));
		store().delete(List.of(new ObjectKey("a/b/c/x")));
		assertThat(root().resolve("a/b")).doesNotExist();
		store().delete(List.of(new ObjectKey("a/y")));
		assertThat(root()).isEmptyDirectory();
	}

	@Test
	void deleteOfADirectoryKeepsIt() throws IOException {
		Files.createDirectories(root().resolve("a/b"));
		store().delete(List.of(new ObjectKey("a/b")));
		assertThat(root().resolve("a/b")).isDirectory();
	}

	@Test
	void directoriesWithoutObjectsAreNotTold() throws IOException {
		write("a/x", text("1"));
		Files.createDirectories(root().resolve("empty/deep"));
		Files.writeString(root().resolve("empty/deep/.tmp-left"), "half");
		assertThat(store().directories(ObjectPrefix.ROOT)).containsExactly("a");
	}

	@Test
	void whatAKilledProcessLeftIsNoObject() throws IOException {
		write("a/x", text("1"));
		Files.writeString(root().resolve("a/.tmp-left"), "half");
		assertThat(list("")).containsExactly("a/x");
	}

	@Test
	void theNextWriteRemovesWhatAKilledProcessLeftLongAgo() throws IOException {
		write("a/x", text("1"));
		Path fresh = Files.writeString(root().resolve("a/.tmp-fresh"), "half");
		Path old = Files.writeString(root().resolve("a/.tmp-old"), "half");
		Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
		write("a/y", text("1"));
		assertThat(old).doesNotExist();
		assertThat(fresh).exists();
	}

	@Test
	void deleteTakesAbandonedFilesWithTheDirectory() throws IOException {
		write("a/x", text("1"));
		Files.writeString(root().resolve("a/.tmp-left"), "half");
		store().delete(List.of(new ObjectKey("a/x")));
		assertThat(root()).isEmptyDirectory();
	}

	@Test
	void reservedNamesAreRefused() {
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> write("a/.tmp-x", text("1")))
			.withMessageContaining("reserved");
	}

	@Test
	void aFullDiskIsToldAndLeavesNothing() {
		Path full = Path.of("/dev/full");
		assumeThat(full).exists();
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> writeTo(full))
			.withMessage("unable to write 'x': No space left on device")
			.satisfies((ex) -> {
				assertThat(ex.kind()).isEqualTo(StorageException.Kind.PERMANENT);
				assertThat(ex.hint()).contains("free space");
			});
	}

	@Test
	void aFileInTheWayOfADirectoryIsAnError() {
		write("a", text("1"));
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> write("a/b", text("1")))
			.withMessageContaining("unable to write '" + root() + "/a/b'");
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> {
			write("c/d", text("1"));
			write("c", text("1"));
		}).withMessageContaining("unable to write '" + root() + "/c'");
		assertThat(list("")).containsExactlyInAnyOrder("a", "c/d");
		assertThat(root()).isDirectoryNotContaining("glob:**/.tmp-*");
	}

	@Test
	void copyRefusesASourceOfAnotherSizeAndLeavesNothing() {
		write("a/x", text("12345"));
		for (long size : new long[] { 4, 6 }) {
			assertThatExceptionOfType(StorageException.class).isThrownBy(
					() -> other().copy(store(), new ObjectStat(new ObjectKey("a/x"), size, null), new ObjectKey("t/x")))
				.withMessageContaining("listed with " + size + " bytes, has 5");
		}
		assertThat(other().list(ObjectPrefix.ROOT)).isEmpty();
	}

	@Test
	void linksOutOfTheRootAreFollowed() throws IOException {
		Path outside = Files.createDirectories(this.directory.resolve("outside"));
		Files.writeString(outside.resolve("x"), "linked");
		Files.createSymbolicLink(root().resolve("link"), outside);
		Files.createSymbolicLink(root().resolve("dangling"), this.directory.resolve("nowhere"));
		assertThat(list("")).containsExactly("link/x");
		assertThat(read("link/x")).isEqualTo(text("linked"));
		assertThat(store().directories(ObjectPrefix.ROOT)).containsExactly("link");
	}

	@Test
	void anInterruptEndsAWriteAndIsKept() {
		Thread.currentThread().interrupt();
		try {
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> write("a/x", random(1000)));
			assertThat(Thread.currentThread().isInterrupted()).isTrue();
		}
		finally {
			Thread.interrupted();
		}
		assertThat(list("")).isEmpty();
	}

	@Test
	void filesAreCounted() throws IOException {
		StoreMetrics metrics = new StoreMetrics();
		LocalObjectStore counted = LocalObjectStore.open(properties(root()), metrics);
		ObjectStat x = counted.write(new ObjectKey("x"), ObjectContent.of(random(10)));
		counted.copy(counted, x, new ObjectKey("y"));
		counted.read(x.key()).readAllBytes();
		assertThat(metrics.toString())
			.isEqualTo("list=0 stat=0 get=1 put=1 copy=1 delete=0 other=0 bytesRead=10 bytesWritten=10 bytesCopied=10");
	}

	private static void writeTo(Path device) {
		try (FileChannel channel = FileChannel.open(device, StandardOpenOption.WRITE)) {
			AtomicFiles.transfer(new ByteArrayInputStream(new byte[10]), channel);
		}
		catch (IOException ex) {
			throw LocalErrors.translate("write", "x", ex);
		}
	}

	private Path root() {
		return Path.of(store().address().container());
	}

	private static StorageProperties properties(Path root) {
		return new StorageProperties("local", "", 0, null, false, "", root.toString(), null, null, null, null, 4, 1);
	}

}
