package dev.milvusbackup.milvus.tls;

import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;

/**
 * What an HTTP client needs for TLS.
 *
 * @param sockets that show the configured certificate
 * @param trust decides on the server's chain, not on its name
 */
public record ClientTls(SSLSocketFactory sockets, X509TrustManager trust) {

}
