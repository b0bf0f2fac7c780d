package dev.milvusbackup.cli;

import picocli.CommandLine.IVersionProvider;

/**
 * The version that the jar was built as.
 */
final class VersionText implements IVersionProvider {

	@Override
	public String[] getVersion() {
		String version = VersionText.class.getPackage().getImplementationVersion();
		return new String[] { "milvus-backup " + ((version != null) ? version : "(not from a jar)"),
				"Java " + Runtime.version() };
	}

}
