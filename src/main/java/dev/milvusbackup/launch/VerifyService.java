package dev.milvusbackup.launch;

import java.util.concurrent.atomic.AtomicLong;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StoreConnector;
import dev.milvusbackup.verify.BackupVerifier;
import dev.milvusbackup.verify.Verification;

/**
 * Carries out {@code verify}. Needs no job repository and no Milvus. Thread-safe.
 */
public final class VerifyService {

	/** Enough to keep a store busy, and a bound on the memory of the buffers. */
	private static final int MOST_READERS = 16;

	private final Settings settings;

	private final StoreConnector stores;

	public VerifyService(Settings settings, StoreConnector stores) {
		this.settings = settings;
		this.stores = stores;
	}

	/**
	 * Compares the backup with its description.
	 * @param deep reads every byte
	 * @throws dev.milvusbackup.BackupException when there is no such backup, or its
	 * description or the store cannot be read
	 */
	public VerifyReport verify(BackupName name, boolean deep, ProgressListener listener) {
		long start = System.nanoTime();
		BackupLayout layout = new BackupLayout(this.settings.backupStorage().keyRoot(), name);
		AtomicLong objects = new AtomicLong();
		AtomicLong bytes = new AtomicLong();
		try (ObjectStore store = this.stores.open(this.settings.backupStorage())) {
			int readers = Math.min(MOST_READERS, this.settings.transferConcurrency());
			BackupVerifier verifier = new BackupVerifier(store, readers, (moreObjects, moreBytes) -> {
				synchronized (listener) {
					listener.progress(new RunProgress("verify", bytes.addAndGet(moreBytes), 0,
							objects.addAndGet(moreObjects), 0));
				}
			});
			Verification found = deep ? verifier.deep(layout) : verifier.quick(layout);
			return new VerifyReport(found.isGood() ? ExitCode.COMPLETE : ExitCode.DAMAGED, name.value(), deep,
					found.objects(), found.bytes(), found.hashed(), found.problemCount(),
					found.problems()
						.stream()
						.map((problem) -> new VerifyReport.Problem(problem.key(), problem.what()))
						.toList(),
					(System.nanoTime() - start) / 1e9);
		}
	}

}
