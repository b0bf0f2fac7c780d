package dev.milvusbackup.launch;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedSegment;
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

	/** Name of the option that names the server. */
	static final String MILVUS = "milvus";

	private final RunLedger runs;

	private final SegmentLedger segments;

	private final ObjectStore store;

	private final BackupLayout layout;

	private final ManifestStore manifests;

	private final RequestFingerprint request;

	BackupStart(RunLedger runs, SegmentLedger segments, ObjectStore store, BackupLayout layout,
			RequestFingerprint request) {
		this.runs = runs;
		this.segments = segments;
		this.store = store;
		this.layout = layout;
		this.manifests = new ManifestStore(store);
		this.request = request;
	}

	/**
	 * Identifies the run in the manifest.
	 */
	static String taskId(Run run) {
		String text = run.identity() + "/" + run.generation() + "/" + run.created();
		return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
	}

	/**
	 * Finds or opens the run. A run that is not OPEN needs no work.
	 * @throws LaunchException with exit code 2 when the name is taken
	 */
	Run decide(RunIdentity identity) {
		Optional<Run> latest = this.runs.latest(identity);
		if (this.manifests.exists(this.layout)) {
			return complete(identity, latest);
		}
		Optional<Draft> draft = this.manifests.readDraft(this.layout, SegmentSink.NONE);
		if (draft.isPresent()) {
			return unfinished(identity, latest, draft.get());
		}
		requireEmpty();
		if (latest.isPresent() && isSameRequest(latest.get()) && !hadDraft(latest.get())) {
			return latest.get();
		}
		return open(identity);
	}

	/**
	 * A run whose end was not recorded any more is complete; a backup that was made
	 * without this job repository needs a run to report on.
	 */
	private Run complete(RunIdentity identity, Optional<Run> latest) {
		RequestFingerprint earlier = new RequestObject(this.store, this.layout).read()
			.orElseThrow(() -> taken("there is a backup of this name that another tool made"));
		requireSame(earlier.request(), "a backup");
		String made = this.manifests.readHeader(this.layout).id();
		Run run = latest.filter((own) -> own.state() != RunState.ABANDONED)
			.filter((own) -> made.equals(taskId(own)))
			.orElseGet(() -> open(identity));
		if (run.state() != RunState.OPEN) {
			return run;
		}
		boolean whole = PlannedCollection.byName(this.segments.collections(run.id()))
			.stream()
			.allMatch((collection) -> collection.state() == PlannedCollection.State.PLANNED);
		this.manifests.deleteDraft(this.layout);
		this.runs.update(run.id(), whole ? RunState.COMPLETE : RunState.PARTIAL, "");
		return this.runs.find(run.id()).orElseThrow();
	}

	private Run unfinished(RunIdentity identity, Optional<Run> latest, Draft draft) {
		latest.filter((run) -> run.state() == RunState.ABANDONED).ifPresent((run) -> {
			throw taken("its run '" + run.id() + "' was abandoned");
		});
		requireSame(draft.request(), "an unfinished backup");
		boolean own = latest.isPresent() && isSameRequest(latest.get());
		Run run = own ? latest.get() : open(identity);
		if (this.segments.collections(run.id()).isEmpty()) {
			new Adoption(this.segments, this.store, this.layout).adopt(run.id(), this.request.get(MILVUS));
		}
		return run;
	}

	private boolean isSameRequest(Run run) {
		return run.state() == RunState.OPEN && run.fingerprint().equals(this.request.value());
	}

	private Run open(RunIdentity identity) {
		return this.runs.open(identity, this.layout.name().value(), this.request.value(), this.request.request());
	}

	/**
	 * Whether the run got as far as dealing its segments, which comes after the draft: if
	 * there is none now, the backup was deleted.
	 */
	private boolean hadDraft(Run run) {
		if (!this.segments.snapshots().snapshots(run.id()).isEmpty()) {
			return true;
		}
		return this.segments.collections(run.id()).stream().anyMatch((collection) -> {
			try (Stream<PlannedSegment> planned = this.segments.segments(run.id(), collection.collectionId())) {
				return planned.findFirst().map((segment) -> segment.slice() >= 0).orElse(false);
			}
		});
	}

	private void requireSame(String earlierRequest, String what) {
		String difference = this.request.differenceFrom(RequestFingerprint.parse(earlierRequest));
		if (!difference.isEmpty()) {
			throw taken("there is " + what + " of this name that was requested with other options: " + difference);
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
