package dev.medzoo.serving.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS protocol versions, cipher suites and client authentication of the server. */
final class ServerContext {
    /** Cipher suites with forward secrecy and authenticated encryption, strongest first. */
    private static final List<String> CIPHERS =
            List.of(
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    private ServerContext() {}

    /**
     * @param clients who believes their certificates, or null when none is asked for one
     */
    static SslContext of(
            ServerCertificate certificate, ClientAuth auth, @Nullable TrustManager clients)
            throws TlsException {
        X509Certificate[] chain = certificate.chain().toArray(X509Certificate[]::new);
        SslContextBuilder builder =
                SslContextBuilder.forServer(certificate.key(), chain)
                        .sslProvider(SslProvider.JDK)
                        .protocols("TLSv1.3", "TLSv1.2")
                        .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                        .clientAuth(auth.netty());
        if (clients != null) {
            builder.trustManager(clients);
        }
        try {
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsException(
                    "certificate: of %s: %s (expected: one that TLS can use)"
                            .formatted(certificate.subject(), e.getMessage()),
                    e);
        }
    }
}
