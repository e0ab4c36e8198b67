package dev.medzoo.serving.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts client certificates that were issued by given authorities. */
final class ClientTrustManager {
    private ClientTrustManager() {}

    /**
     * Creates a trust manager.
     *
     * @param where source of the authorities, for messages
     */
    static X509ExtendedTrustManager in(List<X509Certificate> authorities, String where)
            throws TlsException {
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                anchors.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(anchors);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException(
                    "%s: %s (expected: certificates of authorities)"
                            .formatted(where, e.getMessage()),
                    e);
        }
    }
}
