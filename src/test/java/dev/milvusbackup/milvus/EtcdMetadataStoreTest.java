package dev.milvusbackup.milvus;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.milvus.etcd.EtcdProperties;
import dev.milvusbackup.milvus.tls.Certificates;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.IndexExtra;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.testing.TestCertificates;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeEtcd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class EtcdMetadataStoreTest extends MilvusTest {

	private static final byte[] TOMBSTONE = { (byte) 0xE2, (byte) 0x9B, (byte) 0xBC };

	private final FakeEtcd etcd = FakeEtcd.start();

	private final List<MilvusChannel> channels = new ArrayList<>();

	private FakeCollection books;

	@BeforeEach
	void fill() {
		this.books = this.server.collection("books").index("vector", "v", Map.of("index_type", "FLAT"));
		this.etcd.put("by-dev", this.books).putDropped("by-dev", this.books);
	}

	@AfterEach
	void closeEtcd() {
		this.etcd.close();
		this.channels.forEach(MilvusChannel::close);
	}

	@Test
	void detailsOfIndexesAreFoundByTheIdThatMilvusTells() {
		try (EtcdMetadataStore metadata = metadata(this.etcd.endpoint(), "by-dev", "", "")) {
			Index index = books().indexes().get(0);
			assertThat(metadata.indexes(books())).containsOnlyKeys(index.id())
				.containsEntry(index.id(),
						new IndexExtra(102, 449_000_000_000_000_000L, List.of(),
								List.of(new KeyValue("index_type", "FLAT")),
								List.of(new KeyValue("index_type", "FLAT")), false, 1, 4));
		}
	}

	@Test
	void fieldsThatWereDroppedAreLeftOut() {
		this.etcd.put("by-dev/meta/root-coord/fields/" + this.books.id() + "/200", TOMBSTONE);
		// another collection whose number begins in the same way
		this.etcd.put("by-dev/meta/root-coord/fields/" + this.books.id() + "0/100", new byte[0]);
		try (EtcdMetadataStore metadata = metadata(this.etcd.endpoint(), "/by-dev/", "", "")) {
			assertThat(metadata.fields(books())).extracting(Field::id).containsExactly(100L, 101L, 102L);
		}
	}

	@Test
	void aRootPathWithoutMetadataIsTold() {
		try (EtcdMetadataStore metadata = metadata(this.etcd.endpoint(), "by-dev", "", "");
				EtcdMetadataStore other = metadata(this.etcd.endpoint(), "by-de", "", "")) {
			assertThat(metadata.isUsed()).isTrue();
			assertThat(other.isUsed()).isFalse();
			assertThat(other.fields(books())).isEmpty();
		}
	}

	@Test
	void aValueThatIsNoneOfMilvusIsNamed() {
		String key = "by-dev/meta/field-index/" + this.books.id() + "/9";
		this.etcd.put(key, "nonsense".getBytes(StandardCharsets.UTF_8));
		try (EtcdMetadataStore metadata = metadata(this.etcd.endpoint(), "by-dev", "", "")) {
			assertFails(Kind.REFUSED, () -> metadata.indexes(books())).hasMessageContaining(key);
		}
	}

	@Test
	void theRightPasswordIsNeeded() {
		this.etcd.requireCredentials("backup", "pass-word");
		try (EtcdMetadataStore right = metadata(this.etcd.endpoint(), "by-dev", "backup", "pass-word");
				EtcdMetadataStore wrong = metadata(this.etcd.endpoint(), "by-dev", "backup", "pass-wort");
				EtcdMetadataStore none = metadata(this.etcd.endpoint(), "by-dev", "", "")) {
			assertThat(right.isUsed()).isTrue();
			assertFails(Kind.DENIED, wrong::isUsed).hasMessageContaining("invalid user ID or password")
				.hasMessageNotContaining("pass-wort")
				.extracting((ex) -> ((MilvusException) ex).hint())
				.asString()
				.contains("batch.etcd.password");
			assertFails(Kind.DENIED, none::isUsed).hasMessageContaining("user name is empty");
			this.etcd.forbid();
			assertFails(Kind.DENIED, right::isUsed).hasMessageContaining("permission denied");
		}
	}

	@Test
	void aTokenThatExpiredIsReplaced() {
		this.etcd.requireCredentials("backup", "secret");
		try (EtcdMetadataStore metadata = metadata(this.etcd.endpoint(), "by-dev", "backup", "secret")) {
			assertThat(metadata.isUsed()).isTrue();
			this.etcd.forgetTokens();
			assertThat(metadata.isUsed()).isTrue();
			this.etcd.requireCredentials("backup", "changed");
			this.etcd.forgetTokens();
			assertFails(Kind.DENIED, metadata::isUsed);
		}
	}

	@Test
	void credentialsThatNobodyAsksForDoNotDisturb() {
		try (EtcdMetadataStore metadata = metadata(this.etcd.endpoint(), "by-dev", "backup", "secret")) {
			assertThat(metadata.isUsed()).isTrue();
		}
	}

	@Test
	void anotherMemberIsAskedWhenOneIsGone() {
		FakeEtcd gone = FakeEtcd.start();
		gone.close();
		try (EtcdMetadataStore metadata = metadata(gone.endpoint() + ",http://" + this.etcd.endpoint(), "by-dev", "",
				"")) {
			assertThat(metadata.isUsed()).isTrue();
		}
	}

	@Test
	void aClusterWithoutALeaderIsWaitedFor() {
		this.etcd.failNext(2);
		try (EtcdMetadataStore metadata = metadata(this.etcd.endpoint(), "by-dev", "", "")) {
			assertThat(metadata.isUsed()).isTrue();
		}
	}

	@Test
	void aClusterThatDoesNotAnswerIsUnavailable() {
		this.etcd.close();
		try (EtcdMetadataStore metadata = metadata(this.etcd.endpoint(), "by-dev", "", "")) {
			assertFails(Kind.UNAVAILABLE, metadata::isUsed).hasMessageContaining(this.etcd.endpoint())
				.hasMessageContaining("refused");
		}
	}

	@Test
	void tlsShowsTheClientsCertificate(@TempDir Path directory) throws Exception {
		TestCertificates files = new TestCertificates(directory).make("etcd", "ip:127.0.0.1").make("client", "dns:me");
		Certificates mutual = new Certificates(files.certificate("etcd"), files.certificate("client"),
				files.key("client"));
		try (FakeEtcd secure = FakeEtcd.startSecure(files).put("by-dev", this.books)) {
			String endpoint = "https://" + secure.endpoint();
			try (EtcdMetadataStore metadata = metadata(endpoint, mutual);
					EtcdMetadataStore withoutOwn = metadata(endpoint,
							new Certificates(files.certificate("etcd"), null, null));
					EtcdMetadataStore distrustful = metadata(endpoint,
							new Certificates(files.certificate("client"), null, null));
					EtcdMetadataStore plain = metadata(secure.endpoint(), mutual);
					EtcdMetadataStore withoutFile = metadata(endpoint, new Certificates("/nowhere.pem", null, null))) {
				assertThat(metadata.fields(books())).hasSize(3);
				assertFails(Kind.UNAVAILABLE, withoutOwn::isUsed).hasMessageContaining("certificate");
				assertFails(Kind.UNAVAILABLE, distrustful::isUsed).hasMessageContaining("certification path");
				assertFails(Kind.UNAVAILABLE, plain::isUsed);
				assertFails(Kind.DENIED, withoutFile::isUsed).hasMessageContaining("/nowhere.pem");
			}
		}
	}

	private Collection books() {
		return milvus().catalog().describe(this.books.name());
	}

	private EtcdMetadataStore metadata(String endpoints, String root, String user, String password) {
		return metadata(new EtcdProperties(List.of(endpoints.split(",")), root, user, password, Certificates.NONE));
	}

	private EtcdMetadataStore metadata(String endpoint, Certificates certificates) {
		return metadata(new EtcdProperties(List.of(endpoint), "by-dev", "", "", certificates));
	}

	private EtcdMetadataStore metadata(EtcdProperties properties) {
		MilvusProperties nowhere = new MilvusProperties("127.0.0.1", 1, "", "", 0, null, null, null, null, "");
		MilvusChannel channel = new MilvusChannel(nowhere);
		this.channels.add(channel);
		return new EtcdMetadataStore(properties,
				new MilvusCalls(channel, LIMITS, MilvusFeatures.of(List.of()), new CallFailures("here")));
	}

}
