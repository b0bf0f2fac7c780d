package dev.milvusbackup.milvus.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server whose certificate names a given host, whatever address it was reached
 * by. Thread-safe.
 */
final class NamedServer extends X509ExtendedTrustManager {

	private static final int DNS_NAME = 2;

	private static final int IP_ADDRESS = 7;

	private final X509ExtendedTrustManager chains;

	private final String name;

	/**
	 * @param chains decides on everything but the name
	 */
	NamedServer(X509ExtendedTrustManager chains, String name) {
		this.chains = chains;
		this.name = name.toLowerCase(Locale.ROOT);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		this.chains.checkServerTrusted(chain, authType);
		Collection<List<?>> names = chain[0].getSubjectAlternativeNames();
		if (names == null || names.stream().noneMatch(this::isName)) {
			throw new CertificateException("the server's certificate is not for '" + this.name + "'");
		}
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		checkServerTrusted(chain, authType);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		checkServerTrusted(chain, authType);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		this.chains.checkClientTrusted(chain, authType);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		this.chains.checkClientTrusted(chain, authType, socket);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		this.chains.checkClientTrusted(chain, authType, engine);
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return this.chains.getAcceptedIssuers();
	}

	/** A star stands for one label, and for the first only. */
	private boolean isName(List<?> alternative) {
		String value = String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT);
		if (alternative.get(0).equals(IP_ADDRESS)) {
			return value.equals(this.name);
		}
		if (!alternative.get(0).equals(DNS_NAME)) {
			return false;
		}
		int dot = this.name.indexOf('.');
		boolean matches = value.startsWith("*.") && dot > 0 && value.substring(1).equals(this.name.substring(dot));
		return matches || value.equals(this.name);
	}

}
