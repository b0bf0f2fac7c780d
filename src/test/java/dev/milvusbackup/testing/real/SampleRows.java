package dev.milvusbackup.testing.real;

import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/**
 * Makes rows from a number: the same number gives the same row, always.
 */
final class SampleRows {

	static final int DIMENSION = 8;

	static final int BITS = 64;

	private SampleRows() {
	}

	static List<JsonObject> rows(int from, int until, IntFunction<JsonObject> row) {
		return IntStream.range(from, until).mapToObj(row).toList();
	}

	/**
	 * A value for each field of {@link SampleSchemas#allTypes}, and two dynamic ones.
	 */
	static JsonObject allTypes(int number, boolean withArrays) {
		JsonObject row = new JsonObject();
		row.addProperty("id", number);
		row.addProperty("flag", number % 2 == 0);
		row.addProperty("tiny", (byte) (number * 7));
		row.addProperty("small", (short) (number * 1_001));
		row.addProperty("medium", number * 2_000_003);
		row.addProperty("large", number * 9_000_000_000_001L);
		row.addProperty("single_precision", number / 3.0f);
		row.addProperty("double_precision", number / 7.0);
		row.addProperty("text", "row %d, größer – 行".formatted(number));
		row.add("document", document(number));
		if (withArrays) {
			row.add("numbers", array(number, number * 31L));
			row.add("words", array("w" + number, "", "w" + number % 5));
		}
		row.add("vector", vector(number));
		row.addProperty("color", (number % 3 == 0) ? "red" : "blue");
		if (number % 4 == 0) {
			row.add("extra", document(-number));
		}
		return row;
	}

	static JsonObject textKey(int number) {
		JsonObject row = new JsonObject();
		row.addProperty("key", "k-%05d".formatted(number));
		row.addProperty("amount", number * 13L);
		row.add("vector", vector(number));
		return row;
	}

	static JsonObject binary(int number) {
		JsonObject row = new JsonObject();
		row.addProperty("number", number);
		byte[] bits = new byte[BITS / Byte.SIZE];
		new Random(number).nextBytes(bits);
		row.add("bits", new Gson().toJsonTree(bits));
		return row;
	}

	static JsonObject partitionKey(int number) {
		JsonObject row = new JsonObject();
		row.addProperty("id", number);
		row.addProperty("tenant", "tenant-" + number % 11);
		row.add("vector", vector(number));
		return row;
	}

	private static JsonObject document(int number) {
		JsonObject document = new JsonObject();
		document.addProperty("n", number);
		document.addProperty("s", Base64.getEncoder().encodeToString(new byte[] { (byte) number }));
		document.add("list", array(number, "x"));
		JsonObject nested = new JsonObject();
		nested.addProperty("deep", number % 2 == 0);
		document.add("nested", nested);
		return document;
	}

	private static JsonArray vector(int number) {
		Random random = new Random(number);
		JsonArray vector = new JsonArray();
		random.doubles(DIMENSION).forEach((value) -> vector.add((float) value));
		return vector;
	}

	private static JsonArray array(Object... values) {
		return new Gson().toJsonTree(values).getAsJsonArray();
	}

}
