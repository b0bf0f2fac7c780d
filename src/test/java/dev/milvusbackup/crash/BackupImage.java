package dev.milvusbackup.crash;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
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
			"backup_physical_timestamp", "channel_checkpoints", "pos", "seek_position", "metadata_path",
			"snapshot_name", "flush_all_msgs_base64");

	static BackupImage read(Path directory) {
		SortedMap<String, byte[]> contents = new TreeMap<>();
		try (Stream<Path> files = Files.walk(directory)) {
			files.filter(Files::isRegularFile)
				// what a kill leaves behind no listing shows
				.filter((file) -> !file.getFileName().toString().startsWith(".tmp-"))
				.forEach((file) -> contents.put(directory.relativize(file).toString(), bytes(file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return of(contents);
	}

	static BackupImage read(ObjectStore store, ObjectPrefix directory) {
		SortedMap<String, byte[]> contents = new TreeMap<>();
		try (Stream<ObjectStat> objects = store.list(directory)) {
			objects.map(ObjectStat::key)
				.forEach((key) -> contents.put(key.value().substring(directory.value().length()), bytes(store, key)));
		}
		return of(contents);
	}

	private static BackupImage of(SortedMap<String, byte[]> contents) {
		BackupImage image = new BackupImage(new TreeMap<>(), new TreeMap<>());
		BundleNames names = BundleNames.of(contents.keySet());
		contents.forEach((key, content) -> image.add(key, content, names));
		return image;
	}

	private void add(String key, byte[] content, BundleNames names) {
		if (!key.startsWith("meta/")) {
			this.objects.put(names.of(key), content.length + " " + md5(content));
		}
		else if (key.endsWith(".json")) {
			JsonNode json = JsonMapper.builder().build().readTree(content);
			clean(json);
			this.meta.put(key, json.toString());
		}
		else {
			this.meta.put(key, lines(content, names));
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

	private static String lines(byte[] content, BundleNames names) {
		try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
			String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			return String.join("\n", names.in(all).lines().sorted(Comparator.naturalOrder()).toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] bytes(Path file) {
		try {
			return Files.readAllBytes(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] bytes(ObjectStore store, ObjectKey key) {
		try (InputStream in = store.read(key)) {
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
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

	/**
	 * What Milvus exports has new ids in each export: these are counted instead, in their
	 * own order.
	 */
	private record BundleNames(Map<String, String> byKey) {

		static BundleNames of(Collection<String> keys) {
			Map<String, String> names = new LinkedHashMap<>();
			Map<String, Integer> counts = new HashMap<>();
			for (String key : keys) {
				if (key.startsWith("bundle/")) {
					String directory = key.substring(0, key.lastIndexOf('/') + 1);
					names.put(key, directory + "object " + counts.merge(directory, 1, Integer::sum));
				}
			}
			return new BundleNames(names);
		}

		String of(String key) {
			return this.byKey.getOrDefault(key, key);
		}

		/**
		 * JSON with keys of objects in it.
		 */
		String in(String json) {
			String replaced = json;
			for (Map.Entry<String, String> name : this.byKey.entrySet()) {
				replaced = replaced.replace('"' + name.getKey() + '"', '"' + name.getValue() + '"');
			}
			return replaced;
		}

	}

}
