package dev.milvusbackup.milvus;

import java.util.Map;
import java.util.TreeMap;

import dev.milvusbackup.milvus.MilvusException.Kind;
import io.milvus.grpc.DescribeResourceGroupRequest;
import io.milvus.grpc.DescribeResourceGroupResponse;
import io.milvus.grpc.ListResourceGroupsRequest;
import io.milvus.grpc.ListResourceGroupsResponse;

/**
 * Asks Milvus for its resource groups.
 */
final class ResourceGroupReader {

	private final MilvusCalls calls;

	ResourceGroupReader(MilvusCalls calls) {
		this.calls = calls;
	}

	/**
	 * Group to the query nodes that it has; none where the server has no groups.
	 */
	Map<String, Integer> nodes() {
		Map<String, Integer> nodes = new TreeMap<>();
		try {
			this.calls
				.send(Call.global("list resource groups",
						(stub) -> stub.listResourceGroups(ListResourceGroupsRequest.getDefaultInstance()),
						ListResourceGroupsResponse::getStatus))
				.getResourceGroupsList()
				.forEach((name) -> nodes.put(name, availableNodes(name)));
		}
		catch (MilvusException ex) {
			if (ex.kind() != Kind.UNSUPPORTED) {
				throw ex;
			}
		}
		return nodes;
	}

	private int availableNodes(String group) {
		DescribeResourceGroupRequest request = DescribeResourceGroupRequest.newBuilder()
			.setResourceGroup(group)
			.build();
		return this.calls
			.send(Call.global("describe resource group '" + group + "'", (stub) -> stub.describeResourceGroup(request),
					DescribeResourceGroupResponse::getStatus))
			.getResourceGroup()
			.getNumAvailableNode();
	}

}
