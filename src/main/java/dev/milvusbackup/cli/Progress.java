package dev.milvusbackup.cli;

import dev.milvusbackup.launch.ProgressListener;
import dev.milvusbackup.launch.RunProgress;

/**
 * Shows progress until it is closed.
 */
interface Progress extends ProgressListener, AutoCloseable {

	/** Shows nothing. */
	Progress NONE = new Progress() {
		@Override
		public void progress(RunProgress progress) {
			// asked to be quiet
		}

		@Override
		public void close() {
			// nothing was opened
		}
	};

	@Override
	void close();

}
