package dev.medzoo.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** One connection by the JDK's own TLS, on which requests are sent one after the other. */
final class TlsClient implements AutoCloseable {
    private static final int READ_MILLIS = 600_000;

    private final SSLSocket socket;

    TlsClient(SSLContext context, InetSocketAddress address, String... protocols)
            throws IOException {
        socket =
                (SSLSocket) context.getSocketFactory().createSocket("localhost", address.getPort());
        socket.setSoTimeout(READ_MILLIS);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
    }

    /** What such connections trust, and what they show if they are asked. */
    static SSLContext context(X509Certificate trusted, TestCertificates.@Nullable Issued shown)
            throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("root", trusted);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(anchors);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(shown == null ? null : shown.keyStore("", "PKCS12"), new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** Asks once, and gives the body of the answer. */
    String ask() throws IOException {
        socket.getOutputStream()
                .write(
                        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) next);
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 200 OK");
        int length = Integer.parseInt(head.toString().replaceAll("(?s).*length: (\\d+).*", "$1"));
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Wants another handshake, as TLS 1.2 allows. */
    void renegotiate() throws IOException {
        socket.startHandshake();
    }

    /** Of the certificate that the server showed. */
    BigInteger serial() throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    }

    String protocol() {
        return socket.getSession().getProtocol();
    }

    String cipher() {
        return socket.getSession().getCipherSuite();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
