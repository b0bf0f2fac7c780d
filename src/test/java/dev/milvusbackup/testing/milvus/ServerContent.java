package dev.milvusbackup.testing.milvus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * What a simulated server holds, as JSON.
 */
final class ServerContent {

	private ServerContent() {
	}

	static String json(FakeCatalogue catalogue) {
		return catalogue.locked(() -> {
			List<Object> collections = new ArrayList<>();
			catalogue.collections().forEach((collection) -> collections.add(content(collection)));
			return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(collections) + "\n";
		});
	}

	private static Map<String, Object> content(FakeCollection collection) {
		Map<String, Object> partitions = new LinkedHashMap<>();
		collection.visible()
			.forEach((name, rows) -> partitions.put(name,
					Map.of("rows", rows.size(), "content", Integer.toHexString(rows.hashCode()))));
		Map<String, Object> content = new LinkedHashMap<>();
		content.put("name", collection.name().toString());
		content.put("partitions", partitions);
		content.put("segments", collection.segments().size());
		content.put("fields", collection.binlogFieldIds());
		content.put("indexes", collection.indexes.keySet());
		content.put("aliases", collection.aliases);
		content.put("properties", collection.properties);
		content.put("loaded", collection.loadedPartitions);
		return content;
	}

}
