package dev.medzoo.serving.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;

/** What the server offers and demands in a handshake. */
final class ServerContext {
    /** Those with forward secrecy and authenticated encryption, the strongest first. */
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

    static SslContext of(TlsSettings settings, ServerCertificate certificate, TlsFiles files)
            throws TlsException {
        X509Certificate[] chain = certificate.chain().toArray(X509Certificate[]::new);
        SslContextBuilder builder =
                SslContextBuilder.forServer(certificate.key(), chain)
                        .sslProvider(SslProvider.JDK)
                        .protocols("TLSv1.3", "TLSv1.2")
                        .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                        .clientAuth(settings.clientAuth().netty());
        Path clients = settings.clientCaFile();
        if (clients != null) {
            builder.trustManager(
                    PemFiles.certificates(
                            Objects.requireNonNull(
                                    files.contents().get(TlsSettings.CLIENT_CA_FILE)),
                            TlsSettings.CLIENT_CA_FILE,
                            clients));
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
