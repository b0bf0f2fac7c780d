package dev.milvusbackup.testing.milvus;

/**
 * What of a simulated server outlives its process.
 */
record FakeState(FakeVersion version, FakeCatalogue catalogue, FakeImports imports, FlushSettings flushes,
		FakeRoles roles, FakeSnapshots snapshots) {
}
