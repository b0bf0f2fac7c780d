package dev.milvusbackup.storage.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing (S3 API, ListObjectsV2).
 *
 * @param objects in the order of their names
 * @param prefixes that end in a slash, names below them are left out
 * @param truncated whether another page follows
 * @param next token of the next page; null when there is none
 */
record ListPage(List<Entry> objects, List<String> prefixes, boolean truncated, @Nullable String next) {

	private static final String ROOT = "ListBucketResult";

	/**
	 * Reads the body of the answer and closes it.
	 * @throws java.util.concurrent.CompletionException with an
	 * {@link java.io.IOException} when the document is cut or another one
	 */
	static ListPage read(Response response) {
		return XmlAnswer.read(response, ROOT, ListPage::page);
	}

	private static ListPage page(XMLStreamReader reader) throws XMLStreamException {
		List<Entry> objects = new ArrayList<>();
		List<String> prefixes = new ArrayList<>();
		boolean truncated = false;
		boolean encoded = false;
		String next = null;
		while (XmlAnswer.nextChild(reader)) {
			switch (reader.getLocalName()) {
				case "Contents" -> objects.add(entry(reader));
				case "CommonPrefixes" -> prefixes.add(prefix(reader));
				case "IsTruncated" -> truncated = Boolean.parseBoolean(reader.getElementText().trim());
				case "NextContinuationToken" -> next = reader.getElementText();
				case "EncodingType" -> encoded = reader.getElementText().equals("url");
				default -> XmlAnswer.skip(reader);
			}
		}
		return encoded
				? new ListPage(objects.stream().map(Entry::decoded).toList(),
						prefixes.stream().map(ListPage::decode).toList(), truncated, next)
				: new ListPage(objects, prefixes, truncated, next);
	}

	private static Entry entry(XMLStreamReader reader) throws XMLStreamException {
		String name = "";
		long bytes = 0;
		String etag = null;
		String modified = "";
		while (XmlAnswer.nextChild(reader)) {
			switch (reader.getLocalName()) {
				case "Key" -> name = reader.getElementText();
				case "Size" -> bytes = bytes(reader);
				case "ETag" -> etag = reader.getElementText();
				case "LastModified" -> modified = reader.getElementText();
				default -> XmlAnswer.skip(reader);
			}
		}
		return new Entry(name, bytes, S3Pages.etag(etag), modified);
	}

	private static long bytes(XMLStreamReader reader) throws XMLStreamException {
		String text = reader.getElementText().trim();
		try {
			return Long.parseLong(text);
		}
		catch (NumberFormatException ex) {
			throw new XMLStreamException("the size '" + text + "' is no number", ex);
		}
	}

	private static String prefix(XMLStreamReader reader) throws XMLStreamException {
		String prefix = "";
		while (XmlAnswer.nextChild(reader)) {
			if (reader.getLocalName().equals("Prefix")) {
				prefix = reader.getElementText();
			}
			else {
				XmlAnswer.skip(reader);
			}
		}
		return prefix;
	}

	private static String decode(String name) {
		return URLDecoder.decode(name, StandardCharsets.UTF_8);
	}

	/**
	 * An object.
	 *
	 * @param etag without quotes, null when there is none
	 * @param modified when it was last written, as ISO-8601 text
	 */
	record Entry(String name, long bytes, @Nullable String etag, String modified) {

		Entry decoded() {
			return new Entry(decode(this.name), this.bytes, this.etag, this.modified);
		}

	}

}
