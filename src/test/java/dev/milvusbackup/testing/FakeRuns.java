package dev.milvusbackup.testing;

import java.util.ArrayList;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.launch.CreateRequest;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.ExpireReport;
import dev.milvusbackup.launch.ExpireRequest;
import dev.milvusbackup.launch.JobOperations;
import dev.milvusbackup.launch.ProgressListener;
import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.launch.RunLookUp;
import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.launch.VerifyReport;
import dev.milvusbackup.launch.VerifyRequest;
import dev.milvusbackup.launch.RunsFactory;

/**
 * Records what is asked of the runs and answers as told. Opens itself.
 */
public final class FakeRuns implements Runs, RunsFactory {

	private final List<Object> requests = new ArrayList<>();

	private final List<RunView> views = new ArrayList<>();

	private BiFunction<String, ProgressListener, RunSummary> answer = (action, listener) -> summary(action,
			ExitCode.COMPLETE, List.of());

	private ExpireReport expireAnswer = new ExpireReport(ExitCode.COMPLETE, true, 3, List.of(), 0, 0, 0);

	private int opened;

	private int closed;

	public FakeRuns answering(ExitCode exitCode, RunSummary.CollectionResult... collections) {
		return answering((action, listener) -> summary(action, exitCode, List.of(collections)));
	}

	public FakeRuns answering(BiFunction<String, ProgressListener, RunSummary> newAnswer) {
		this.answer = newAnswer;
		return this;
	}

	public FakeRuns failing(RuntimeException failure) {
		return answering((action, listener) -> {
			throw failure;
		});
	}

	public FakeRuns answering(ExpireReport report) {
		this.expireAnswer = report;
		return this;
	}

	public FakeRuns with(RunView view) {
		this.views.add(view);
		return this;
	}

	public List<Object> requests() {
		return this.requests;
	}

	public boolean isClosed() {
		return this.opened > 0 && this.opened == this.closed;
	}

	public boolean wasOpened() {
		return this.opened > 0;
	}

	@Override
	public Runs open(Settings settings) {
		this.opened++;
		return this;
	}

	@Override
	public RunSummary create(CreateRequest request, ProgressListener listener) {
		this.requests.add(request);
		return this.answer.apply("backup", listener);
	}

	@Override
	public RunSummary restore(RestoreRequest request, ProgressListener listener) {
		this.requests.add(request);
		return this.answer.apply("restore", listener);
	}

	@Override
	public RunSummary resume(long run, ProgressListener listener) {
		this.requests.add(run);
		return this.answer.apply("backup", listener);
	}

	@Override
	public boolean stop(long run) {
		return false;
	}

	@Override
	public VerifyReport verify(VerifyRequest request, ProgressListener listener) {
		this.requests.add(request);
		RunSummary end = this.answer.apply("verify", listener);
		return new VerifyReport(end.exitCode(), end.run(), request.name().value(), request.deep(), 3, 2048, 0, 0,
				List.of(), end.seconds(), end.restarts());
	}

	@Override
	public ExpireReport expire(ExpireRequest request, ProgressListener listener) {
		this.requests.add(request);
		return this.expireAnswer;
	}

	@Override
	public void delete(BackupName name) {
		this.requests.add(name);
	}

	@Override
	public List<Run> purge(Duration age, boolean dryRun) {
		return List.of();
	}

	@Override
	public List<RunView> recent(int limit) {
		return this.views.stream().limit(limit).toList();
	}

	@Override
	public JobOperations operations() {
		throw new UnsupportedOperationException("there is no job repository");
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
		this.closed++;
	}

	private static RunSummary summary(String action, ExitCode exitCode, List<RunSummary.CollectionResult> collections) {
		boolean complete = exitCode == ExitCode.COMPLETE;
		return new RunSummary(action, exitCode, "b1", 7, complete ? "all done" : "unable to do it: because",
				complete ? null : "try something else", collections, 10, 2048, 3, 4, 1.234, 2);
	}

}
