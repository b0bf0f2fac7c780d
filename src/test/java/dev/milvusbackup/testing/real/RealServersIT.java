package dev.milvusbackup.testing.real;

import java.sql.Connection;
import java.sql.DriverManager;

import io.milvus.v2.client.MilvusClientV2;
import io.minio.ListBucketsArgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class RealServersIT {

	@ParameterizedTest
	@EnumSource
	@RequiresReal({ "milvus-2.3.5", "milvus-2.2.16" })
	void milvusAnswersWithItsVersion(MilvusVersion version, RealServers servers) {
		RealMilvus milvus = servers.milvus(version);
		MilvusClientV2 client = milvus.connect("default");
		try {
			assertThat(client.getServerVersion()).contains(version.number());
		}
		finally {
			client.close();
		}
		assertThat(milvus).isSameAs(servers.milvus(version));
	}

	@Test
	@RequiresReal({ "milvus-2.3.5", "minio" })
	void milvusCanKeepItsObjectsInMinio(RealServers servers) {
		RealMilvus milvus = servers.milvusOnMinio(MilvusVersion.V2_3_5);
		assertThat(milvus.rootPath()).isEqualTo("files");
		assertThat(servers.minio().client().listBuckets(ListBucketsArgs.builder().build()))
			.anySatisfy((bucket) -> assertThat(bucket.get().name()).isEqualTo("a-bucket-2.3.5"));
	}

	@Test
	@RequiresReal("milvus-2.3.5")
	void aKilledMilvusComesBackOnTheSamePorts() {
		try (RealMilvus milvus = RealMilvus.start(MilvusVersion.V2_3_5, MilvusStorage.local())) {
			int port = milvus.port();
			milvus.kill();
			milvus.restart();
			assertThat(milvus.port()).isEqualTo(port);
		}
	}

	@Test
	@RequiresReal("postgresql")
	void postgresMakesADatabaseForEachTest(RealServers servers) throws Exception {
		String url = servers.postgres().newDatabase();
		try (Connection connection = DriverManager.getConnection(url)) {
			assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("PostgreSQL");
		}
		assertThat(servers.postgres().newDatabase()).isNotEqualTo(url);
	}

}
