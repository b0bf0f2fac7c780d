package dev.milvusbackup.storage.s3;

import java.util.concurrent.CompletableFuture;

import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StoreAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class S3CallsTest {

	private final S3Threads threads = new S3Threads();

	private final S3Calls calls = new S3Calls(new StoreAddress("http://localhost:9000", "bucket"), this.threads);

	@BeforeEach
	void endAThread() throws InterruptedException {
		Thread thread = this.threads.newThread(() -> {
			throw new OutOfMemoryError("Java heap space");
		});
		thread.start();
		thread.join();
	}

	@Test
	@Timeout(30)
	void anAnswerThatWasLostFailsInsteadOfBeingWaitedForForEver() {
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> this.calls.await("copy", "a", new CompletableFuture<>()))
			.withMessageContaining("unable to copy")
			.withMessageContaining("Java heap space")
			.satisfies((ex) -> assertThat(ex.hint()).contains("-Xmx"));
	}

	@Test
	void anAnswerThatIsThereCounts() {
		assertThat(this.calls.await("copy", "a", CompletableFuture.completedFuture("x"))).isEqualTo("x");
	}

}
