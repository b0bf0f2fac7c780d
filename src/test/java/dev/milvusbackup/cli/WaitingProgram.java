package dev.milvusbackup.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.launch.CreateRequest;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.ExpireReport;
import dev.milvusbackup.launch.ExpireRequest;
import dev.milvusbackup.launch.JobOperations;
import dev.milvusbackup.launch.ProgressListener;
import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.launch.RunProgress;
import dev.milvusbackup.launch.RunLookUp;
import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.launch.VerifyReport;
import dev.milvusbackup.launch.VerifyRequest;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import dev.milvusbackup.testing.FakeMilvusConnector;

/**
 * The program with runs that go on until they are closed.
 */
final class WaitingProgram {

	private WaitingProgram() {
	}

	public static void main(String[] args) {
		MilvusBackup.runAndExit(args,
				new Connectors((settings) -> new WaitingRuns(), new DefaultStoreConnector(), new FakeMilvusConnector()),
				new Surroundings(System.out, System.err, false, System.getenv(), Path.of("")));
	}

	private static final class WaitingRuns implements Runs {

		private final CountDownLatch stopped = new CountDownLatch(1);

		@Override
		public RunSummary create(CreateRequest request, ProgressListener listener) {
			listener.progress(new RunProgress("waiting", 0, 0, 0, 0));
			try {
				this.stopped.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return new RunSummary("backup", ExitCode.STOPPED, "b", 1, "stopped", "run the same command again",
					List.of(), 0, 0, 0, 0, 0, 0);
		}

		@Override
		public RunSummary restore(RestoreRequest request, ProgressListener listener) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void delete(BackupName name) {
			throw new UnsupportedOperationException("only waits");
		}

		@Override
		public VerifyReport verify(VerifyRequest request, ProgressListener listener) {
			throw new UnsupportedOperationException("only waits");
		}

		@Override
		public ExpireReport expire(ExpireRequest request, ProgressListener listener) {
			throw new UnsupportedOperationException("only waits");
		}

		@Override
		public RunSummary resume(long run, ProgressListener listener) {
			throw new UnsupportedOperationException("only waits");
		}

		@Override
		public JobOperations operations() {
			throw new UnsupportedOperationException("there is no job repository");
		}

		@Override
		public boolean stop(long run) {
			return false;
		}

		@Override
		public List<Run> purge(Duration age, boolean dryRun) {
			return List.of();
		}

		@Override
		public List<RunView> recent(int limit) {
			return List.of();
		}

		@Override
		public RunLookUp lookUp() {
			throw new UnsupportedOperationException("there is no job repository");
		}

		@Override
		public Runs with(Settings settings) {
			return this;
		}

		@Override
		public void close() {
			this.stopped.countDown();
		}

	}

}
