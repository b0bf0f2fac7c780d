package dev.milvusbackup.testing.real;

/**
 * The Milvus servers that {@code jobs/lib/install-real-servers.sh} installs.
 */
public enum MilvusVersion {

	V2_3_5("2.3.5"), V2_2_16("2.2.16");

	private final String number;

	MilvusVersion(String number) {
		this.number = number;
	}

	public String number() {
		return this.number;
	}

	/**
	 * Whether the server has fields of type array.
	 */
	public boolean hasArrays() {
		return this == V2_3_5;
	}

	/**
	 * Whether the server answers {@code count(*)}.
	 */
	public boolean hasCount() {
		return this == V2_3_5;
	}

	@Override
	public String toString() {
		return "milvus-" + this.number;
	}

}
