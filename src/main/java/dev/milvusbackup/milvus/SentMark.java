package dev.milvusbackup.milvus;

import java.io.IOException;

import okhttp3.Interceptor.Chain;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Tells whether there was a connection for a request, so that the server may have got it.
 */
final class SentMark {

	private volatile boolean set;

	Request on(Request request) {
		return request.newBuilder().tag(SentMark.class, this).build();
	}

	/**
	 * A network interceptor: called when there is a connection.
	 */
	static Response set(Chain chain) throws IOException {
		SentMark mark = chain.request().tag(SentMark.class);
		if (mark != null) {
			mark.set = true;
		}
		return chain.proceed(chain.request());
	}

	boolean isSet() {
		return this.set;
	}

}
