package dev.milvusbackup.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.testing.real.MilvusRows;
import dev.milvusbackup.testing.real.MilvusStorage;
import dev.milvusbackup.testing.real.MilvusVersion;
import dev.milvusbackup.testing.real.RealMilvus;
import dev.milvusbackup.testing.real.RequiresReal;
import dev.milvusbackup.testing.real.SampleCollection;
import dev.milvusbackup.testing.real.SampleData;
import io.milvus.v2.service.rbac.request.CreateUserReq;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real Milvus that lets nobody in without the right password.
 */
@RequiresReal("milvus-2.3.5")
class AuthenticationIT {

	private static final String WRONG = "n0t-the-password";

	@TempDir
	Path directory;

	private BackupTool tool;

	@Test
	void onlyTheRightPasswordMakesABackup() {
		try (RealMilvus milvus = RealMilvus.start(MilvusVersion.V2_3_5, MilvusStorage.local(),
				RealMilvus.AUTHENTICATED); SampleData data = new SampleData(milvus)) {
			this.tool = BackupTool.install(this.directory, milvus,
					StoragePlace.local(this.directory.resolve("backups")));
			SampleCollection books = data.textKey("default", "books", 60);
			refused("root", WRONG, "create", "-n", "b1");
			refused("nobody", "Milvus", "create", "-n", "b1");
			refused("", "", "create", "-n", "b1");
			// not even the directory was made
			assertThat(this.directory.resolve("backups")).doesNotExist();

			this.tool.succeed(as("root", "Milvus", "create", "-n", "b1"));
			this.tool.succeed(as("root", "Milvus", "verify", "-n", "b1", "--deep"));
			refused("root", WRONG, "restore", "-n", "b1", "-s", "_r");
			this.tool.succeed(as("root", "Milvus", "restore", "-n", "b1", "-s", "_r"));
			assertThat(MilvusRows.read(milvus, "default", "books_r").rows()).hasSize(books.rows())
				.isEqualTo(MilvusRows.read(milvus, "default", "books").rows());

			data.client("default").createUser(CreateUserReq.builder().userName("guest").password("guest-pass").build());
			CommandOutcome guest = this.tool.run(as("guest", "guest-pass", "create", "-n", "b2"));
			assertThat(guest.exitCode()).as("%s", guest).isEqualTo(2);
			assertThat(guest.err()).as("%s", guest).containsIgnoringCase("permission");
			assertThat(this.tool.list()).containsExactly("b1");
		}
	}

	private void refused(String user, String password, String... command) {
		CommandOutcome outcome = this.tool.fail(2, List.of("unable to reach Milvus", "milvus.password"),
				as(user, password, command));
		assertThat(outcome.toString()).doesNotContain(WRONG);
	}

	private static String[] as(String user, String password, String... command) {
		List<String> all = new ArrayList<>(List.of(command));
		all.addAll(List.of("--set", "milvus.user=" + user, "--set", "milvus.password=" + password));
		return all.toArray(String[]::new);
	}

}
