package dev.milvusbackup.cli;

final class MilvusBackup {

	private MilvusBackup() {
	}

	public static void main(String[] args) {
		System.exit(2);
	}

}
