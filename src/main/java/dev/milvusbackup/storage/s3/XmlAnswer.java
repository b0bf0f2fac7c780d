package dev.milvusbackup.storage.s3;

import java.io.IOException;
import java.util.concurrent.CompletionException;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import com.ctc.wstx.stax.WstxInputFactory;
import okhttp3.Response;
import org.codehaus.stax2.XMLInputFactory2;

/**
 * Reads a document of the S3 protocol element by element: the library's own way, by
 * reflection, costs more than all the rest of a request. The document can refer to
 * nothing outside of itself.
 */
final class XmlAnswer {

	private static final XMLInputFactory FACTORY = factory();

	private XmlAnswer() {
	}

	/**
	 * Reads the body of the answer and closes it.
	 * @throws CompletionException with an {@link IOException} when the document is cut or
	 * another one
	 */
	static <T> T read(Response response, String root, Content<T> content) {
		try (response) {
			XMLStreamReader reader = FACTORY.createXMLStreamReader(response.body().byteStream());
			try {
				reader.nextTag();
				reader.require(XMLStreamReader.START_ELEMENT, null, root);
				return content.read(reader);
			}
			finally {
				reader.close();
			}
		}
		catch (XMLStreamException ex) {
			IOException cut = (ex.getNestedException() instanceof IOException io) ? io
					: new IOException("the answer is no whole " + root + ": " + ex.getMessage(), ex);
			throw new CompletionException(cut);
		}
	}

	/**
	 * Whether a further element begins inside the one that the reader stands in; the
	 * reader then stands on it, otherwise at the end.
	 */
	static boolean nextChild(XMLStreamReader reader) throws XMLStreamException {
		int event = reader.next();
		while (event != XMLStreamReader.START_ELEMENT && event != XMLStreamReader.END_ELEMENT) {
			event = reader.next();
		}
		return event == XMLStreamReader.START_ELEMENT;
	}

	/**
	 * Leaves the element that the reader stands on.
	 */
	static void skip(XMLStreamReader reader) throws XMLStreamException {
		int depth = 1;
		while (depth > 0) {
			int event = reader.next();
			if (event == XMLStreamReader.START_ELEMENT) {
				depth++;
			}
			else if (event == XMLStreamReader.END_ELEMENT) {
				depth--;
			}
		}
	}

	private static XMLInputFactory factory() {
		XMLInputFactory factory = new WstxInputFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		factory.setProperty(XMLInputFactory.IS_COALESCING, true);
		factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
		return factory;
	}

	/**
	 * What is taken from a document.
	 */
	interface Content<T> {

		/**
		 * @param reader on the root element
		 */
		T read(XMLStreamReader reader) throws XMLStreamException;

	}

}
