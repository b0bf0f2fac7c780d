package dev.milvusbackup.restore;

import java.util.List;
import java.util.Set;

import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.model.ClusterState.FlushPositions;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.Rbac;
import dev.milvusbackup.model.Rbac.Grant;
import dev.milvusbackup.model.Rbac.PrivilegeGroup;
import dev.milvusbackup.model.Rbac.User;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreDetails.Roles;
import dev.milvusbackup.restore.RestoreException.Kind;
import dev.milvusbackup.testing.milvus.FakeCollection;
import io.milvus.grpc.RBACMeta;
import io.milvus.grpc.RoleEntity;
import io.milvus.grpc.UserInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.BatchStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Users, roles, privileges and privilege groups that come back.
 */
class RestoreRolesTest {

	private static final Rbac ROLES = new Rbac(
			List.of(new User("alice", "$2a$10$hash", List.of("reader", "seller")), new User("bob", "h", List.of())),
			List.of("reader", "seller"),
			List.of(new Grant("reader", "Collection", "books", "root", "reading", ""),
					new Grant("reader", "Global", "*", "root", "DescribeCollection", "*"),
					new Grant("seller", "Collection", "goods", "root", "Insert", "shop")),
			List.of(new PrivilegeGroup("reading", List.of("Query", "Search"))));

	private RestoreHarness harness;

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@Test
	void whatIsMissingIsAddedAndWhatIsThereStays() throws Exception {
		use("2.5.8", ROLES);
		this.harness.fake.roles()
			.role("reader")
			.user("alice", "her own", "reader")
			.grant("reader", "Insert", "default", "books");
		this.harness.details = RestoreDetails.NONE.withRoles(Roles.ALL);
		this.harness.requireRestored();
		RBACMeta all = this.harness.fake.roles().all();
		assertThat(all.getUsersList()).extracting(UserInfo::getUser, UserInfo::getPassword)
			.containsExactly(tuple("alice", "her own"), tuple("bob", "h"));
		assertThat(all.getUsers(0).getRolesList()).extracting(RoleEntity::getName).containsExactly("reader");
		assertThat(all.getRolesList()).extracting(RoleEntity::getName).containsExactly("reader", "seller");
		assertThat(all.getGrantsList()).hasSize(4);
		assertThat(all.getPrivilegeGroupsList()).singleElement()
			.satisfies((group) -> assertThat(group.getPrivilegesCount()).isEqualTo(2));
	}

	@Test
	void aPrivilegeThatSomebodyElseHasGrantedIsNotGrantedAgain() throws Exception {
		use("2.5.8", new Rbac(List.of(), List.of(),
				List.of(new Grant("public", "Collection", "books", "admin", "Search", "default")), List.of()));
		this.harness.fake.roles().grant("public", "Search", "default", "books");
		this.harness.details = RestoreDetails.NONE.withRoles(Roles.ALL);
		this.harness.requireRestored();
		assertThat(this.harness.fake.faults().calls("RestoreRBAC")).isZero();
	}

	@Test
	void onlyTheDatabasesThatAreAskedForOnRequest() throws Exception {
		use("2.5.8", ROLES);
		this.harness.details = RestoreDetails.NONE.withRoles(new Roles(true, Set.of("default")));
		this.harness.requireRestored();
		RBACMeta all = this.harness.fake.roles().all();
		assertThat(all.getUsersList()).singleElement().satisfies((user) -> {
			assertThat(user.getUser()).isEqualTo("alice");
			assertThat(user.getRolesList()).extracting(RoleEntity::getName).containsExactly("reader");
		});
		assertThat(all.getRolesList()).extracting(RoleEntity::getName).containsExactly("reader");
		assertThat(all.getGrantsList()).extracting((grant) -> grant.getObjectName()).containsExactly("books");
		assertThat(all.getPrivilegeGroupsCount()).isOne();
	}

	@Test
	void theyAreNotRestoredUnlessAskedFor() throws Exception {
		use("2.5.8", ROLES);
		this.harness.requireRestored();
		assertThat(this.harness.fake.roles().all()).isEqualTo(RBACMeta.getDefaultInstance());
	}

	@Test
	void aServerWithoutThemIsRefusedBeforeAnythingIsDone() throws Exception {
		use("2.4.4", ROLES);
		this.harness.details = RestoreDetails.NONE.withRoles(Roles.ALL);
		assertRefused(Kind.INCOMPATIBLE, "it cannot take them");
	}

	@Test
	void aBackupWithoutThemIsRefused() throws Exception {
		use("2.5.8", null);
		this.harness.details = RestoreDetails.NONE.withRoles(Roles.ALL);
		assertRefused(Kind.PREFLIGHT, "it holds none");
	}

	@Test
	void aDatabaseWithoutPrivilegesIsRefusedWithThoseThatThereAre() throws Exception {
		use("2.5.8", ROLES);
		this.harness.details = RestoreDetails.NONE.withRoles(new Roles(true, Set.of("shop", "shpo")));
		RestoreException refusal = assertRefused(Kind.PREFLIGHT, "'shpo'");
		assertThat(refusal.hint()).contains("*, default, shop");
	}

	@Test
	void anAnswerLostOnTheWayIsNoFailure() throws Exception {
		use("2.5.8", ROLES);
		this.harness.details = RestoreDetails.NONE.withRoles(Roles.ALL);
		this.harness.fake.faults().loseAnswer("RestoreRBAC");
		this.harness.requireRestored();
		assertThat(this.harness.fake.roles().all().getUsersCount()).isEqualTo(2);
	}

	@Test
	void theSameCommandGoesOnAfterARefusal() throws Exception {
		use("2.5.8", ROLES);
		this.harness.details = RestoreDetails.NONE.withRoles(Roles.ALL);
		this.harness.fake.faults().refused("RestoreRBAC", 65535, "etcd is full");
		assertThat(RestoreHarness.failure(this.harness.restore())).hasMessageContaining("etcd is full");
		assertThat(this.harness.fake.roles().all().getUsersCount()).isZero();
		this.harness.requireRestored();
		assertThat(this.harness.fake.roles().all().getUsersCount()).isEqualTo(2);
		assertThat(this.harness.target("books_r").rows()).isEqualTo(7);
	}

	@Test
	void nobodyGetsARightBeforeTheDataIsThere() throws Exception {
		use("2.5.8", ROLES);
		this.harness.details = RestoreDetails.NONE.withRoles(Roles.ALL);
		for (int i = 0; i < 4; i++) {
			this.harness.fake.imports().failNext("no space");
		}
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.harness.fake.roles().all().getUsersCount()).isZero();
	}

	private void use(String version, Rbac roles) throws Exception {
		this.harness = new RestoreHarness(version);
		FakeCollection books = this.harness.fake.collection("books");
		books.insertSegment("_default", 7);
		this.harness.backup()
			.cluster(new ClusterState(roles, null, FlushPositions.NONE), List.of(new Database("default", 0, List.of())))
			.add(books)
			.write(this.harness.backupStore, this.harness.layout);
	}

	private RestoreException assertRefused(Kind kind, String cause) throws Exception {
		Throwable failure = RestoreHarness.failure(this.harness.restore());
		assertThat(failure).isInstanceOf(RestoreException.class).hasMessageContaining(cause);
		assertThat(((RestoreException) failure).kind()).isEqualTo(kind);
		assertThat(this.harness.fake.find("books_r")).isNull();
		return (RestoreException) failure;
	}

}
