package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.milvus.MilvusFeatures.Feature;
import dev.milvusbackup.milvus.SnapshotJob.Result;
import dev.milvusbackup.milvus.SnapshotJob.State;
import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.Status;

/**
 * Snapshots over gRPC. The numbers of fields are those of milvus.proto of milvus-proto.
 */
final class GrpcSnapshots implements MilvusSnapshots {

	private static final Predicate<Status> EXISTS = says("already exist");

	private static final Predicate<Status> MISSING = says(
			"snapshot\\S* .*(not found|not exist|doesn't exist)|(not found|not exist).*snapshot|snapshot (not found|not exist)");

	private static final Predicate<Status> JOB_UNKNOWN = says(
			"job.*(not found|not exist|doesn't exist)|(not found|not exist).*job");

	/** Also a process that is told to end drops its snapshots. */
	private static final Duration DROP_LIMIT = Duration.ofSeconds(10);

	private final MilvusCalls calls;

	GrpcSnapshots(MilvusCalls calls) {
		this.calls = calls;
	}

	@Override
	public boolean areSupported() {
		return this.calls.features().has(Feature.SNAPSHOT);
	}

	@Override
	public void create(CollectionName collection, String name) {
		RawMessage request = RawMessage.EMPTY.with(2, name).with(4, collection.database()).with(5, collection.name());
		this.calls.send(new Call<>(action("create", name, collection), collection.database(),
				(stub) -> request.send(stub, "CreateSnapshot"), RawMessage::asStatus)
			.accepting(EXISTS));
	}

	@Override
	public Optional<Long> find(CollectionName collection, String name) {
		RawMessage request = RawMessage.EMPTY.with(2, name).with(3, collection.database()).with(4, collection.name());
		RawMessage answer = this.calls.send(new Call<>(action("describe", name, collection), collection.database(),
				(stub) -> request.send(stub, "DescribeSnapshot"), RawMessage::status)
			.accepting(MISSING));
		return StatusReader.isGood(answer.status()) ? Optional.of(answer.number(6)) : Optional.empty();
	}

	@Override
	public List<String> names(CollectionName collection) {
		RawMessage request = RawMessage.EMPTY.with(2, collection.database()).with(3, collection.name());
		return this.calls
			.send(new Call<>("list snapshots of '" + collection + "'", collection.database(),
					(stub) -> request.send(stub, "ListSnapshots"), RawMessage::status))
			.texts(2);
	}

	@Override
	public void drop(CollectionName collection, String name) {
		RawMessage request = RawMessage.EMPTY.with(2, name).with(3, collection.database()).with(4, collection.name());
		this.calls.send(new Call<>(action("drop", name, collection), collection.database(),
				(stub) -> request.send(stub, "DropSnapshot"), RawMessage::asStatus)
			.accepting(MISSING)
			.within(DROP_LIMIT));
	}

	@Override
	public long export(CollectionName collection, String name, Place target) {
		RawMessage request = RawMessage.EMPTY.with(2, name)
			.with(3, collection.database())
			.with(4, collection.name())
			.with(5, target.uri())
			.with(6, target.externalSpec());
		return submit(new Call<>(action("export", name, collection), collection.database(),
				(stub) -> request.send(stub, "ExportSnapshot"), RawMessage::status), 3);
	}

	@Override
	public long restore(CollectionName target, Place source) {
		RawMessage request = RawMessage.EMPTY.with(2, target.database())
			.with(3, target.name())
			.with(4, source.uri())
			.with(5, source.externalSpec());
		return submit(new Call<>("restore '" + source + "' into '" + target + "'", target.database(),
				(stub) -> request.send(stub, "RestoreExternalSnapshot"), RawMessage::status), 2);
	}

	private long submit(Call<RawMessage> call, int jobId) {
		long job = this.calls.sendOnce(call).number(jobId);
		if (job == 0) {
			throw this.calls.failures().unknownOutcome(call.action(), "the server named no job", null);
		}
		return job;
	}

	@Override
	public SnapshotJob exportJob(long id) {
		RawMessage info = info("GetExportSnapshotState", "export", id);
		return job(info, new Result(info.text(12), info.number(10), info.number(11), info.number(13)));
	}

	@Override
	public SnapshotJob restoreJob(long id) {
		return job(info("GetRestoreSnapshotState", "restore", id), Result.NONE);
	}

	/** Not filtered by the server, which looks for the collection first. */
	@Override
	public List<SnapshotJob> restoreJobs(CollectionName target) {
		RawMessage request = RawMessage.EMPTY.with(2, target.database());
		RawMessage answer = this.calls.send(new Call<>("list snapshot restore jobs of '" + target + "'",
				target.database(), (stub) -> request.send(stub, "ListRestoreSnapshotJobs"), RawMessage::status));
		return answer.messages(2)
			.stream()
			.filter((info) -> info.text(4).equals(target.name())
					&& (info.text(3).isEmpty() || info.text(3).equals(target.database())))
			.map((info) -> job(info, Result.NONE))
			.toList();
	}

	private RawMessage info(String method, String kind, long id) {
		String action = "get state of snapshot " + kind + " job '" + id + "'";
		RawMessage request = RawMessage.EMPTY.with(2, id);
		RawMessage answer = this.calls
			.send(Call.global(action, (stub) -> request.send(stub, method), RawMessage::status).accepting(JOB_UNKNOWN));
		List<RawMessage> info = answer.messages(2);
		if (!StatusReader.isGood(answer.status()) || info.isEmpty()) {
			throw new MilvusException(Kind.NOT_FOUND,
					"unable to " + action + ": " + StatusReader.reason(answer.status()), null, null);
		}
		return info.get(0);
	}

	private static SnapshotJob job(RawMessage info, Result result) {
		State state = switch ((int) info.number(5)) {
			case 2 -> State.RUNNING;
			case 3 -> State.COMPLETED;
			case 4 -> State.FAILED;
			default -> State.PENDING;
		};
		return new SnapshotJob(info.number(1), state, (int) info.number(6), info.text(7), result);
	}

	private static String action(String verb, String name, CollectionName collection) {
		return verb + " snapshot '" + name + "' of '" + collection + "'";
	}

	private static Predicate<Status> says(String pattern) {
		Pattern words = Pattern.compile(pattern);
		return (status) -> words.matcher(StatusReader.reason(status).toLowerCase(Locale.ROOT)).find();
	}

}
