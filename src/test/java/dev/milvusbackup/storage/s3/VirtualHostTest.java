package dev.milvusbackup.storage.s3;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Providers that take the bucket from the name of the host, which here only a proxy can
 * resolve.
 */
class VirtualHostTest extends S3ServerFixture {

	private final @Nullable ProxySelector before = ProxySelector.getDefault();

	@BeforeEach
	void askThroughTheServer() {
		Proxy proxy = new Proxy(Proxy.Type.HTTP,
				new InetSocketAddress(InetAddress.getLoopbackAddress(), this.server.port()));
		ProxySelector.setDefault(new ProxySelector() {
			@Override
			public List<Proxy> select(URI uri) {
				return List.of(uri.getHost().endsWith(".test") ? proxy : Proxy.NO_PROXY);
			}

			@Override
			public void connectFailed(URI uri, SocketAddress address, IOException failure) {
				throw new AssertionError(failure);
			}
		});
	}

	@AfterEach
	void askDirectly() {
		ProxySelector.setDefault(this.before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "aliyun", "tencent" })
	void everyRequestNamesTheBucketInTheHost(String provider) throws IOException {
		ObjectStore virtual = open(of(provider));
		this.server.takeRequests();
		virtual.write(KEY, ObjectContent.of(random(10)));
		this.store = virtual;
		assertThat(read(KEY.value())).isEqualTo(random(10));
		ObjectStat stat = virtual.stat(KEY).orElseThrow();
		virtual.copy(virtual, stat, new ObjectKey("dir/b"));
		assertThat(list("dir/")).containsExactly("dir/a", "dir/b");
		virtual.delete(List.of(KEY));
		assertThat(list("dir/")).containsExactly("dir/b");
		assertThat(this.server.takeRequests()).hasSizeGreaterThan(5)
			.allSatisfy((request) -> assertThat(request.headers()).containsEntry("host", "bucket.store.test"));
	}

	@Test
	void theOthersNameItInThePath() {
		open(withRegion("bucket", "us-east-1")).stat(KEY);
		assertThat(this.server.takeRequests())
			.allSatisfy((request) -> assertThat(request.headers().get("host")).startsWith("127.0.0.1"));
	}

	private static StorageProperties of(String provider) {
		return new StorageProperties(provider, "store.test", 80, "region-1", false, "bucket", "", null, "key", "secret",
				null, 4, 2 * MIB);
	}

}
