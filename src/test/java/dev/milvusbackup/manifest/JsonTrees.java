package dev.milvusbackup.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares JSON trees with the order of their keys.
 */
public final class JsonTrees {

	private final List<String> differences = new ArrayList<>();

	private JsonTrees() {
	}

	public static JsonNode tree(byte[] json) {
		return JsonMapper.shared().readTree(json);
	}

	/**
	 * One line each, e.g. {@code collection_backups.state_code added 2}: positions in
	 * arrays are left out and equal lines are given once.
	 */
	public static List<String> differences(JsonNode theirs, JsonNode ours) {
		JsonTrees trees = new JsonTrees();
		trees.compare("", theirs, ours);
		return trees.differences.stream().distinct().sorted().toList();
	}

	private void compare(String path, JsonNode theirs, JsonNode ours) {
		if (theirs.isObject() && ours.isObject()) {
			compareObjects(path, theirs, ours);
		}
		else if (theirs.isArray() && ours.isArray() && theirs.size() == ours.size()) {
			for (int i = 0; i < theirs.size(); i++) {
				compare(path, theirs.get(i), ours.get(i));
			}
		}
		else if (!theirs.equals(ours)) {
			this.differences.add(path + " was " + theirs + " is " + ours);
		}
	}

	private void compareObjects(String path, JsonNode theirs, JsonNode ours) {
		for (Map.Entry<String, JsonNode> property : theirs.properties()) {
			String inner = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
			if (ours.has(property.getKey())) {
				compare(inner, property.getValue(), ours.get(property.getKey()));
			}
			else {
				this.differences.add(inner + " missing " + property.getValue());
			}
		}
		for (Map.Entry<String, JsonNode> property : ours.properties()) {
			if (!theirs.has(property.getKey())) {
				String inner = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
				this.differences.add(inner + " added " + property.getValue());
			}
		}
		List<String> order = names(ours).stream().filter(theirs::has).toList();
		if (!names(theirs).stream().filter(ours::has).toList().equals(order)) {
			this.differences.add(path + " order " + names(theirs) + " is " + names(ours));
		}
	}

	private static List<String> names(JsonNode object) {
		return List.copyOf(object.propertyNames());
	}

}
