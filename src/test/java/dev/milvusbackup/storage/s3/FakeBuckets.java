package dev.milvusbackup.storage.s3;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.milvusbackup.storage.s3.FakeS3.Answer;
import dev.milvusbackup.storage.s3.FakeS3.Request;

/**
 * Buckets, objects and uploads of {@link FakeS3}.
 */
final class FakeBuckets {

	private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");

	private static final String NS = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

	private final ConcurrentMap<String, NavigableMap<String, Stored>> buckets = new ConcurrentHashMap<>();

	private final ConcurrentMap<String, NavigableMap<Integer, byte[]>> uploads = new ConcurrentHashMap<>();

	private final AtomicInteger ids = new AtomicInteger();

	void create(String bucket) {
		this.buckets.putIfAbsent(bucket, new ConcurrentSkipListMap<>());
	}

	boolean exists(String bucket) {
		return this.buckets.containsKey(bucket);
	}

	int openUploads() {
		return this.uploads.size();
	}

	void put(String bucket, String key, byte[] content) {
		this.buckets.get(bucket).put(key, new Stored(content, md5(content)));
	}

	Answer answer(Request request, byte[] body) {
		NavigableMap<String, Stored> bucket = this.buckets.get(request.bucket());
		if (bucket == null) {
			return withoutBucket(request);
		}
		return request.key().isEmpty() ? ofBucket(request, bucket, body) : ofObject(request, bucket, body);
	}

	private Answer withoutBucket(Request request) {
		if (request.method().equals("PUT") && request.key().isEmpty()) {
			create(request.bucket());
			return Answer.xml(200, "");
		}
		return request.method().equals("HEAD") ? Answer.xml(404, "") : Answer.error(404, "NoSuchBucket");
	}

	private Answer ofBucket(Request request, NavigableMap<String, Stored> bucket, byte[] body) {
		if (request.query().containsKey("location")) {
			return Answer.xml(200, "<LocationConstraint" + NS + "/>");
		}
		if (request.isList()) {
			return list(request, bucket);
		}
		if (request.query().containsKey("delete")) {
			Matcher keys = KEY.matcher(new String(body, StandardCharsets.UTF_8));
			keys.results().map((match) -> unescape(match.group(1))).forEach(bucket::remove);
			return Answer.xml(200, "<DeleteResult" + NS + "/>");
		}
		return Answer.error(409, "BucketAlreadyOwnedByYou");
	}

	private Answer list(Request request, NavigableMap<String, Stored> bucket) {
		String prefix = request.query().getOrDefault("prefix", "");
		boolean flat = request.query().getOrDefault("delimiter", "").isEmpty();
		int max = Integer.parseInt(request.query().getOrDefault("max-keys", "1000"));
		String after = request.query().getOrDefault("continuation-token", "");
		StringBuilder contents = new StringBuilder();
		TreeSet<String> common = new TreeSet<>();
		String last = "";
		boolean more = false;
		int count = 0;
		for (Map.Entry<String, Stored> entry : bucket.tailMap(prefix, true).entrySet()) {
			String key = entry.getKey();
			String rest = key.startsWith(prefix) ? key.substring(prefix.length()) : "";
			if (!key.startsWith(prefix) || key.compareTo(after) <= 0) {
				continue;
			}
			if (count == max) {
				more = true;
				break;
			}
			count++;
			last = key;
			if (flat || !rest.contains("/")) {
				contents.append(entry.getValue().listed(encode(key)));
			}
			else {
				common.add(prefix + rest.substring(0, rest.indexOf('/') + 1));
			}
		}
		common
			.forEach((one) -> contents.append("<CommonPrefixes><Prefix>" + encode(one) + "</Prefix></CommonPrefixes>"));
		return Answer.xml(200,
				"<ListBucketResult" + NS + "><Name>b</Name><EncodingType>url</EncodingType><IsTruncated>" + more
						+ "</IsTruncated>"
						+ (more ? "<NextContinuationToken>" + escape(last) + "</NextContinuationToken>" : "") + contents
						+ "</ListBucketResult>");
	}

	private Answer ofObject(Request request, NavigableMap<String, Stored> bucket, byte[] body) {
		return switch (request.method()) {
			case "PUT" -> put(request, bucket, body);
			case "POST" -> upload(request, bucket, body);
			case "DELETE" -> {
				this.uploads.remove(request.query().get("uploadId"));
				yield new Answer(204, Map.of(), new byte[0]);
			}
			default -> get(request, bucket);
		};
	}

	private static Answer get(Request request, NavigableMap<String, Stored> bucket) {
		Stored object = bucket.get(request.key());
		if (object == null) {
			return request.method().equals("HEAD") ? Answer.xml(404, "") : Answer.error(404, "NoSuchKey");
		}
		if (!request.headers().getOrDefault("if-match", object.etag()).equals(object.etag())) {
			return Answer.error(412, "PreconditionFailed");
		}
		return new Answer(200, Map.of("ETag", "\"" + object.etag() + "\"", "Last-Modified",
				"Mon, 23 Nov 2026 10:00:00 GMT", "Content-Type", "application/octet-stream"), object.content());
	}

	private Answer put(Request request, NavigableMap<String, Stored> bucket, byte[] body) {
		byte[] content = body;
		if (request.isCopy()) {
			Stored source = source(request);
			if (source == null) {
				return Answer.error(404, "NoSuchKey");
			}
			if (!request.headers().getOrDefault("x-amz-copy-source-if-match", source.etag()).equals(source.etag())) {
				return Answer.error(412, "PreconditionFailed");
			}
			content = range(request, source.content());
		}
		String etag = md5(content);
		if (request.query().containsKey("uploadId")) {
			NavigableMap<Integer, byte[]> parts = this.uploads.get(request.query().get("uploadId"));
			if (parts == null) {
				return Answer.error(404, "NoSuchUpload");
			}
			parts.put(Integer.valueOf(request.query().get("partNumber")), content);
		}
		else {
			bucket.put(request.key(), new Stored(content, etag));
		}
		String result = request.query().containsKey("uploadId") ? "CopyPartResult" : "CopyObjectResult";
		return request.isCopy()
				? Answer.xml(200,
						"<" + result + NS + "><LastModified>2026-11-23T10:00:00.000Z</LastModified><ETag>\"" + etag
								+ "\"</ETag></" + result + ">")
				: new Answer(200, Map.of("ETag", "\"" + etag + "\""), new byte[0]);
	}

	private Stored source(Request request) {
		String[] path = Request.decode(request.headers().get("x-amz-copy-source").substring(1)).split("/", 2);
		return this.buckets.get(path[0]).get(path[1]);
	}

	private static byte[] range(Request request, byte[] content) {
		String range = request.headers().get("x-amz-copy-source-range");
		if (range == null) {
			return content;
		}
		MatchResult bounds = Pattern.compile("(\\d+)-(\\d+)").matcher(range).results().findFirst().orElseThrow();
		return Arrays.copyOfRange(content, Integer.parseInt(bounds.group(1)), Integer.parseInt(bounds.group(2)) + 1);
	}

	private Answer upload(Request request, NavigableMap<String, Stored> bucket, byte[] body) {
		if (request.query().containsKey("uploads")) {
			String id = "upload-" + this.ids.incrementAndGet();
			this.uploads.put(id, new ConcurrentSkipListMap<>());
			return Answer.xml(200, "<InitiateMultipartUploadResult" + NS + "><Bucket>b</Bucket><Key>k</Key><UploadId>"
					+ id + "</UploadId></InitiateMultipartUploadResult>");
		}
		List<byte[]> parts = new ArrayList<>(this.uploads.remove(request.query().get("uploadId")).values());
		byte[] content = new byte[parts.stream().mapToInt((part) -> part.length).sum()];
		int at = 0;
		for (byte[] part : parts) {
			System.arraycopy(part, 0, content, at, part.length);
			at += part.length;
		}
		String etag = md5(content) + "-" + parts.size();
		bucket.put(request.key(), new Stored(content, etag));
		return Answer.xml(200,
				"<CompleteMultipartUploadResult" + NS + "><Location>l</Location><Bucket>b</Bucket><Key>k</Key><ETag>\""
						+ etag + "\"</ETag></CompleteMultipartUploadResult>");
	}

	private static String encode(String key) {
		return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
	}

	private static String escape(String value) {
		return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

	private static String unescape(String value) {
		return value.replace("&lt;", "<")
			.replace("&gt;", ">")
			.replace("&quot;", "\"")
			.replace("&apos;", "'")
			.replace("&amp;", "&");
	}

	private static String md5(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record Stored(byte[] content, String etag, Instant written) {

		Stored(byte[] content, String etag) {
			this(content, etag, Instant.now().truncatedTo(ChronoUnit.MILLIS));
		}

		String listed(String key) {
			return "<Contents><Key>" + key + "</Key><LastModified>" + this.written + "</LastModified><ETag>\""
					+ this.etag + "\"</ETag><Size>" + this.content.length + "</Size></Contents>";
		}

	}

}
