package dev.milvusbackup.testing.real;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.DropCollectionReq;

/**
 * Finds out whether a server that answers can also work: right after a start it says that
 * it is healthy, but cannot load a collection yet (after a kill for up to the 30 seconds
 * that its old session lives).
 */
final class MilvusProbe {

	private static final String COLLECTION = "readiness_probe";

	private final RealMilvus milvus;

	MilvusProbe(RealMilvus milvus) {
		this.milvus = milvus;
	}

	/**
	 * @throws Exception if the server is not ready
	 */
	void requireReady() throws Exception {
		requireHealthy();
		MilvusClientV2 client = this.milvus.connect("default");
		try {
			drop(client);
			// creates an index and loads, too
			client.createCollection(
					CreateCollectionReq.builder().collectionName(COLLECTION).dimension(8).metricType("L2").build());
			drop(client);
		}
		finally {
			client.close();
		}
	}

	private void requireHealthy() throws Exception {
		URI health = URI.create("http://%s:%d/healthz".formatted(this.milvus.host(), this.milvus.managementPort()));
		HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
		String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
		if (!"OK".equals(answer)) {
			throw new IllegalStateException(answer);
		}
	}

	private void drop(MilvusClientV2 client) {
		client.dropCollection(DropCollectionReq.builder().collectionName(COLLECTION).build());
	}

}
