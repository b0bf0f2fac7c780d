package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * One request to Milvus.
 *
 * @param action what it is for, so that {@code unable to <action>: <cause>} reads well
 * @param database in which the request is to be understood
 * @param status where the answer holds its status
 * @param accepted bad statuses that are an answer and not a failure
 * @param limit for the whole call with its repetitions, null for the connection's
 */
record Call<T>(String action, String database, Function<MilvusServiceBlockingStub, T> rpc, Function<T, Status> status,
		Pace pace, Predicate<Status> accepted, @Nullable Duration limit) {

	Call(String action, String database, Function<MilvusServiceBlockingStub, T> rpc, Function<T, Status> status) {
		this(action, database, rpc, status, Pace.FREE, (answer) -> false, null);
	}

	/**
	 * A request that belongs to no database.
	 */
	static <T> Call<T> global(String action, Function<MilvusServiceBlockingStub, T> rpc, Function<T, Status> status) {
		return new Call<>(action, CollectionName.DEFAULT_DATABASE, rpc, status);
	}

	/**
	 * A request whose whole answer is the status.
	 */
	static Call<Status> change(String action, String database, Function<MilvusServiceBlockingStub, Status> rpc) {
		return new Call<>(action, database, rpc, Function.identity());
	}

	Call<T> paced(Pace newPace) {
		return new Call<>(this.action, this.database, this.rpc, this.status, newPace, this.accepted, this.limit);
	}

	Call<T> accepting(Predicate<Status> newAccepted) {
		return new Call<>(this.action, this.database, this.rpc, this.status, this.pace, newAccepted, this.limit);
	}

	Call<T> within(Duration newLimit) {
		return new Call<>(this.action, this.database, this.rpc, this.status, this.pace, this.accepted, newLimit);
	}

}
