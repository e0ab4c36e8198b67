package dev.medzoo.serving.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** TLS for outgoing connections. */
public final class OutgoingTls {
    private OutgoingTls() {}

    /**
     * Trusts only servers whose certificates were issued by the authorities of a file.
     *
     * @param setting that names the file, for messages
     * @param file PEM
     */
    public static SSLContext trusting(String setting, Path file) throws TlsException {
        TlsFiles files = TlsFiles.read(Map.of(setting, file));
        byte[] pem = Objects.requireNonNull(files.contents().get(setting));
        List<X509Certificate> authorities = PemFiles.certificates(pem, setting, file);
        TrustManager trust = ClientTrustManager.in(authorities, setting + ": " + file);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new TlsException("%s: %s: no TLS of it (expected)".formatted(setting, file), e);
        }
    }
}
