package dev.milvusbackup.verify;

import java.util.List;
import java.util.Optional;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.ledger.VerifyProgress.FoundProblem;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.verify.BackupContents.Position;

/**
 * What the job does, at once and without a job.
 *
 * @param recorded objects whose entity tag was recorded when the backup was written
 */
public record WholeVerification(long objects, long bytes, long recorded, long hashed, long problemCount,
		List<FoundProblem> problems) {

	private static final int READERS = 2;

	public static WholeVerification quick(ObjectStore store, BackupLayout backup) {
		Problems problems = new Problems();
		return of(new BackupVerifier(store, problems).compare(backup), 0, problems);
	}

	public static WholeVerification deep(ObjectStore store, BackupLayout backup) {
		Problems problems = new Problems();
		Verification compared = new BackupVerifier(store, problems).compare(backup);
		long hashed = 0;
		try (BackupContents contents = new BackupContents(store, backup, READERS, problems)) {
			for (Optional<Position> now = contents.next(); now.isPresent(); now = contents.next()) {
				hashed = now.get().hashed();
			}
		}
		return of(compared, hashed, problems);
	}

	private static WholeVerification of(Verification compared, long hashed, Problems problems) {
		return new WholeVerification(compared.objects(), compared.bytes(), compared.recorded(), hashed,
				problems.count(), problems.found());
	}

	boolean isGood() {
		return this.problemCount == 0;
	}

}
