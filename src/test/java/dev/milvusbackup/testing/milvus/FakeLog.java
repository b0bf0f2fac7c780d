package dev.milvusbackup.testing.milvus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * A binlog: keys and times of the rows instead of their values, one copy for each field.
 *
 * @param storageVersion 2 for one with several columns
 * @param origin id of the segment for which it was first written
 * @param zoneKey with which it is encrypted, empty for not at all
 * @param fields ids of the fields whose values it stands for, none for deletes
 * @param dynamicField which of them is the dynamic one, 0 for none
 */
record FakeLog(Kind kind, int storageVersion, long origin, String zoneKey, Set<Long> fields, long dynamicField,
		List<FakeEntry> entries) {

	private static final String MAGIC = "simulated-binlog";

	FakeLog {
		fields = new TreeSet<>(fields);
	}

	byte[] bytes() {
		ByteBuffer body = ByteBuffer.allocate(16 * this.entries.size());
		this.entries.forEach((entry) -> body.putLong(entry.key()).putLong(entry.timestamp()));
		String names = this.fields.stream().map(Object::toString).collect(Collectors.joining(","));
		String about = String.join(" ", MAGIC, this.kind.name(), Integer.toString(this.storageVersion),
				Long.toString(this.origin), this.zoneKey.isEmpty() ? "-" : this.zoneKey, names.isEmpty() ? "-" : names,
				Long.toString(this.dynamicField));
		byte[] head = (about + " " + checksum(about, body.array()) + "\n").getBytes(StandardCharsets.US_ASCII);
		return ByteBuffer.allocate(head.length + body.capacity()).put(head).put(body.array()).array();
	}

	/**
	 * @throws IllegalStateException when it is damaged or something else
	 */
	static FakeLog parse(String name, byte[] bytes) {
		String text = new String(bytes, StandardCharsets.ISO_8859_1);
		int end = text.indexOf('\n');
		String[] words = text.substring(0, Math.max(0, end)).split(" ");
		if (words.length == 8 && words[0].equals(MAGIC)) {
			byte[] body = Arrays.copyOfRange(bytes, end + 1, bytes.length);
			String about = text.substring(0, text.lastIndexOf(' ', end));
			if (checksum(about, body).equals(words[7])) {
				return new FakeLog(Kind.valueOf(words[1]), Integer.parseInt(words[2]), Long.parseLong(words[3]),
						words[4].equals("-") ? "" : words[4], fields(words[5]), Long.parseLong(words[6]),
						entries(ByteBuffer.wrap(body)));
			}
		}
		throw new IllegalStateException("failed to parse binlog '" + name + "'");
	}

	private static Set<Long> fields(String names) {
		Set<Long> fields = new TreeSet<>();
		if (!names.equals("-")) {
			Arrays.stream(names.split(",")).map(Long::valueOf).forEach(fields::add);
		}
		return fields;
	}

	private static List<FakeEntry> entries(ByteBuffer body) {
		List<FakeEntry> entries = new ArrayList<>();
		while (body.hasRemaining()) {
			entries.add(new FakeEntry(body.getLong(), body.getLong()));
		}
		return entries;
	}

	private static String checksum(String about, byte[] body) {
		CRC32 checksum = new CRC32();
		checksum.update(about.getBytes(StandardCharsets.US_ASCII));
		checksum.update(body);
		return Long.toHexString(checksum.getValue());
	}

	enum Kind {

		INSERT, DELETE

	}

}
