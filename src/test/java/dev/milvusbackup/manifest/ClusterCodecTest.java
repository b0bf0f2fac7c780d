package dev.milvusbackup.manifest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.model.Database;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClusterCodecTest {

	private static final String JSON = """
			{"rbac_meta":{"users":[{"user":"alice","password":"$2a$10$hash","roles":[{"name":"reader"}]}],\
			"roles":[{"name":"reader"}],"grants":[{"role":{"name":"reader"},"object":{"name":"Collection"},\
			"object_name":"books","grantor":{"user":{"name":"root"},"privilege":{"name":"Search"}},\
			"db_name":"default"}],"privilege_groups":[{"group_name":"pg1","privileges":[{"name":"Query"},\
			{"name":"Search"}]}]},"rpc_channel_info":{"name":"by-dev-replicate-msg","position":"Cgx4"},\
			"flush_all_msgs_base64":{"by-dev-rootcoord-dml_0":"CgMKATE="},\
			"control_channel_name":"by-dev-rootcoord-dml_0_vcchan",\
			"physical_channel_names":["by-dev-rootcoord-dml_0","by-dev-rootcoord-dml_1"]}""";

	private final SampleBackup sample = new SampleBackup();

	@Test
	void theKeysAreThoseOfTheGoTool() {
		assertThat(ManifestCodec.toJson(SampleBackup.cluster())).isEqualTo(JSON);
		assertThat(ManifestCodec.clusterFromJson(JSON)).isEqualTo(SampleBackup.cluster());
	}

	@Test
	void nothingKnownIsNothingWritten() {
		assertThat(ManifestCodec.toJson(ClusterState.NONE)).isEqualTo("{}");
		assertThat(ManifestCodec.clusterFromJson("{}")).isEqualTo(ClusterState.NONE);
		assertThatThrownBy(() -> ManifestCodec.clusterFromJson("{\"rbac_meta\":[]}"))
			.isInstanceOf(ManifestException.class);
	}

	@Test
	void rolesAskedForButNotThereAreNotTheSameAsNotAskedFor() {
		assertThat(ManifestCodec.clusterFromJson("{\"rbac_meta\":{}}").rbac()).isNotNull();
		assertThat(ManifestCodec.clusterFromJson("{\"rbac_meta\":null}").rbac()).isNull();
	}

	@Test
	void secretsAreInTheFileOnly() {
		this.sample.write();
		String full = new String(this.sample.bytes(MetaFile.FULL), StandardCharsets.UTF_8);
		assertThat(full).contains("$2a$10$hash", "\"ezk\":\"zone-key\"");
		BackupManifest manifest = this.sample.content.manifest();
		assertThat(manifest.toString() + ManifestCodec.brief(manifest, 1)).contains("alice")
			.doesNotContain("$2a$10$hash", "zone-key");
	}

	@Test
	void whatTheMarkerAloneTellsIsReadWhenThereIsNoTree() {
		this.sample.write();
		this.sample.store.delete(List.of(this.sample.backup.meta(MetaFile.FULL)));
		this.sample.put(MetaFile.BACKUP,
				JSON.replaceFirst("}$", ",\"id\":\"x\",\"database_backups\":[{\"db_name\":\"db\",\"ezk\":\"k\"}]}"));
		BackupManifest read = this.sample.manifests.read(this.sample.backup, SegmentSink.NONE);
		assertThat(read.cluster()).isEqualTo(SampleBackup.cluster());
		assertThat(read.databases()).containsExactly(new Database("db", 0, List.of(), "k"));
	}

	@Test
	void flushPositionsAreSorted() {
		ClusterState.FlushPositions flush = new ClusterState.FlushPositions(Map.of("b", "2", "a", "1"), "", List.of());
		assertThat(flush.messages().keySet()).containsExactly("a", "b");
	}

}
