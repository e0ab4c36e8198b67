package dev.medzoo.serving.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Presents the current certificate in each handshake. */
final class ReloadingKeyManager extends X509ExtendedKeyManager {
    private static final String ALIAS = "current";

    private final Supplier<ServerCertificate> certificate;

    ReloadingKeyManager(Supplier<ServerCertificate> certificate) {
        this.certificate = certificate;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return fits(keyType) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return fits(keyType) ? ALIAS : null;
    }

    /**
     * Key types of TLS 1.2 have a suffix, such as {@code EC_RSA}; Ed25519 goes as {@code EdDSA}.
     */
    private boolean fits(String keyType) {
        String own = certificate.get().key().getAlgorithm();
        return Arrays.asList(keyType.split("_", -1)).contains(own)
                || (own.equals("Ed25519") && keyType.equals("EdDSA"));
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return certificate.get().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return certificate.get().key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
