package dev.milvusbackup.milvus;

import java.util.List;

import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.model.Collection.Replicas;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.LoadState;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetLoadingProgressRequest;
import io.milvus.grpc.GetLoadingProgressResponse;
import io.milvus.grpc.GetReplicasRequest;
import io.milvus.grpc.GetReplicasResponse;
import io.milvus.grpc.ReplicaInfo;

/**
 * Asks Milvus what is loaded, and how.
 */
final class LoadReader {

	private final MilvusCalls calls;

	LoadReader(MilvusCalls calls) {
		this.calls = calls;
	}

	/**
	 * How it is loaded is worth keeping, but no reason to fail: old servers answer this
	 * for some collections only.
	 */
	Replicas replicas(CollectionName name, long id, LoadState loadState) {
		if (loadState == LoadState.NOT_LOADED) {
			return Replicas.NONE;
		}
		GetReplicasRequest request = GetReplicasRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.setCollectionID(id)
			.build();
		try {
			List<ReplicaInfo> replicas = this.calls
				.send(new Call<>("list replicas of '" + name + "'", name.database(),
						(stub) -> stub.getReplicas(request), GetReplicasResponse::getStatus)
					.accepting((status) -> true))
				.getReplicasList();
			return new Replicas(replicas.size(),
					replicas.stream()
						.map(ReplicaInfo::getResourceGroupName)
						.filter((group) -> !group.isEmpty())
						.distinct()
						.sorted()
						.toList());
		}
		catch (MilvusException ex) {
			if (ex.kind() != Kind.UNSUPPORTED) {
				throw ex;
			}
			return Replicas.NONE;
		}
	}

	/**
	 * @param partitions empty for the collection as a whole
	 */
	LoadState state(CollectionName name, List<String> partitions) {
		GetLoadStateRequest request = GetLoadStateRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.addAllPartitionNames(partitions)
			.build();
		try {
			GetLoadStateResponse answer = this.calls.send(new Call<>("get load state of '" + name + "'",
					name.database(), (stub) -> stub.getLoadState(request), GetLoadStateResponse::getStatus)
				.accepting(StatusReader::isNotLoaded));
			return switch (answer.getState()) {
				case LoadStateLoaded -> LoadState.LOADED;
				case LoadStateLoading -> LoadState.LOADING;
				default -> LoadState.NOT_LOADED;
			};
		}
		catch (MilvusException ex) {
			if (ex.kind() != Kind.UNSUPPORTED) {
				throw ex;
			}
			return byProgress(name, partitions);
		}
	}

	/** For servers before 2.2.2, which do not tell the state itself. */
	private LoadState byProgress(CollectionName name, List<String> partitions) {
		GetLoadingProgressRequest request = GetLoadingProgressRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.addAllPartitionNames(partitions)
			.build();
		GetLoadingProgressResponse answer = this.calls.send(new Call<>("get loading progress of '" + name + "'",
				name.database(), (stub) -> stub.getLoadingProgress(request), GetLoadingProgressResponse::getStatus)
			.accepting(StatusReader::isNotLoaded));
		return LoadState.ofProgress(answer.getProgress());
	}

}
