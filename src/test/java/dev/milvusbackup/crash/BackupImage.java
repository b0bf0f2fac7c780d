package dev.milvusbackup.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything in a backup's directory, in a form that is equal for two backups of the same
 * source.
 *
 * @param objects key to size and MD5 of what is not metadata
 * @param meta file to content, without what belongs to one run only
 */
record BackupImage(SortedMap<String, String> objects, SortedMap<String, String> meta) {

	private static final Set<String> OF_ONE_RUN = Set.of("id", "start_time", "end_time", "backup_timestamp",
			"backup_physical_timestamp", "channel_checkpoints", "pos", "seek_position");

	static BackupImage read(Path directory) {
		BackupImage image = new BackupImage(new TreeMap<>(), new TreeMap<>());
		try (Stream<Path> files = Files.walk(directory)) {
			files.filter(Files::isRegularFile)
				// what a kill leaves behind no listing shows
				.filter((file) -> !file.getFileName().toString().startsWith(".tmp-"))
				.forEach((file) -> image.add(directory.relativize(file).toString(), file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return image;
	}

	private void add(String key, Path file) {
		try {
			byte[] bytes = Files.readAllBytes(file);
			if (!key.startsWith("meta/")) {
				this.objects.put(key, bytes.length + " " + md5(bytes));
			}
			else if (key.endsWith(".json")) {
				JsonNode json = JsonMapper.builder().build().readTree(bytes);
				clean(json);
				this.meta.put(key, json.toString());
			}
			else {
				this.meta.put(key, lines(file));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void clean(JsonNode json) {
		if (json instanceof ObjectNode object) {
			object.remove(List.copyOf(OF_ONE_RUN));
		}
		if (json instanceof ObjectNode || json instanceof ArrayNode) {
			json.forEach(BackupImage::clean);
		}
	}

	private static String lines(Path file) throws IOException {
		try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
			String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			return String.join("\n", all.lines().sorted(Comparator.naturalOrder()).toList());
		}
	}

	private static String md5(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
