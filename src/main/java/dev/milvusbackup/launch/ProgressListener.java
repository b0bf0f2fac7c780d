package dev.milvusbackup.launch;

/**
 * Is told how far a run is, every second or so, from one thread at a time.
 */
@FunctionalInterface
public interface ProgressListener {

	/** Listens to nothing. */
	ProgressListener NONE = (progress) -> {
	};

	void progress(RunProgress progress);

}
