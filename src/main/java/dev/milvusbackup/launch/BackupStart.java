package dev.milvusbackup.launch;

import java.util.Optional;
import java.util.stream.Stream;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.RunState;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.manifest.Draft;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.manifest.SegmentSink;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;

/**
 * Decides what a {@code create} means for what is there already: go on, begin, begin
 * again after a deletion, nothing left to do, or refuse.
 */
final class BackupStart {

	private final RunLedger runs;

	private final SegmentLedger segments;

	private final ObjectStore store;

	private final BackupLayout layout;

	private final RequestFingerprint request;

	BackupStart(RunLedger runs, SegmentLedger segments, ObjectStore store, BackupLayout layout,
			RequestFingerprint request) {
		this.runs = runs;
		this.segments = segments;
		this.store = store;
		this.layout = layout;
		this.request = request;
	}

	/**
	 * Finds or opens the run. A run that is not OPEN needs no work.
	 * @throws LaunchException with exit code 2 when the name is taken
	 */
	Run decide(RunIdentity identity) {
		Optional<Run> latest = this.runs.latest(identity);
		if (new ManifestStore(this.store).exists(this.layout)) {
			return complete(identity, latest);
		}
		Optional<Draft> draft = new ManifestStore(this.store).readDraft(this.layout, SegmentSink.NONE);
		if (draft.isPresent()) {
			return unfinished(identity, latest, draft.get());
		}
		if (latest.isPresent() && latest.get().state() == RunState.OPEN && !wasCopying(latest.get())
				&& latest.get().fingerprint().equals(this.request.value())) {
			return latest.get();
		}
		requireEmpty();
		return open(identity);
	}

	private Run complete(RunIdentity identity, Optional<Run> latest) {
		if (latest.isPresent()) {
			requireSame(latest.get().request(), "backup");
			return latest.get();
		}
		RequestFingerprint earlier = new RequestObject(this.store, this.layout).read()
			.orElseThrow(() -> taken("there is a backup of this name that another tool made"));
		requireSame(earlier.request(), "backup");
		Run run = open(identity);
		this.runs.update(run.id(), RunState.COMPLETE, "");
		return this.runs.latest(identity).orElseThrow();
	}

	private Run unfinished(RunIdentity identity, Optional<Run> latest, Draft draft) {
		requireSame(draft.request(), "unfinished backup");
		if (latest.isPresent() && latest.get().state() == RunState.OPEN
				&& latest.get().fingerprint().equals(draft.fingerprint())) {
			return latest.get();
		}
		Run run = open(identity);
		new Adoption(this.segments, this.store, this.layout).adopt(run.id());
		return run;
	}

	private Run open(RunIdentity identity) {
		return this.runs.open(identity, this.layout.name().value(), this.request.value(), this.request.request());
	}

	/**
	 * A plan without its draft: the backup was deleted.
	 */
	private boolean wasCopying(Run run) {
		return this.segments.collections(run.id())
			.stream()
			.anyMatch((collection) -> collection.state() == PlannedCollection.State.PLANNED);
	}

	private void requireSame(String earlierRequest, String what) {
		String difference = this.request.differenceFrom(RequestFingerprint.parse(earlierRequest));
		if (!difference.isEmpty()) {
			throw taken("there is a " + what + " of this name that was requested with other options: " + difference);
		}
	}

	private void requireEmpty() {
		ObjectKey lease = this.layout.meta(MetaFile.LEASE);
		try (Stream<ObjectStat> objects = this.store.list(this.layout.directory())) {
			if (objects.anyMatch((object) -> !object.key().equals(lease))) {
				throw taken("there are objects of an unfinished backup that cannot be gone on with");
			}
		}
	}

	private LaunchException taken(String cause) {
		return new LaunchException(ExitCode.USAGE, "unable to create backup '" + this.layout.name() + "': " + cause,
				"choose another name, repeat the command with the same options, or delete the backup first: delete -n "
						+ this.layout.name());
	}

}
