package dev.medzoo.zoo.sign;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a PEM file is about; never anything of the private half.
 *
 * @param kind {@code private key}, {@code public key} or {@code certificate}
 * @param keyId {@code sha256:<hex>} of the public key's PEM text
 * @param publicKey PEM
 * @param subject whom a certificate names, else null
 */
public record KeyDescription(
        String kind, String keyId, String publicKey, @Nullable String subject) {
    /**
     * Reads a private key, a public key, or certificates, of which the first is described.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static KeyDescription read(Path file) throws IOException {
        String pem = Pem.text(file);
        return FileErrors.file(file, () -> of(Pem.parse(pem)));
    }

    private static KeyDescription of(List<Pem> blocks) {
        Pem first = blocks.get(0);
        return switch (first.label()) {
            case Pem.PRIVATE_KEY -> of("private key", P256.keyPair(first.der()).getPublic(), null);
            case Pem.PUBLIC_KEY -> of("public key", P256.publicKey(first.der()), null);
            case Pem.CERTIFICATE -> of(CertificateChain.ofDer(List.of(first.der())));
            default ->
                    throw new IllegalArgumentException(
                            "PEM: %s (expected: one of: [%s, %s, %s])"
                                    .formatted(
                                            first.label(),
                                            Pem.PRIVATE_KEY,
                                            Pem.PUBLIC_KEY,
                                            Pem.CERTIFICATE));
        };
    }

    private static KeyDescription of(CertificateChain chain) {
        X509Certificate certificate = chain.certificates().get(0);
        return of("certificate", chain.key(), certificate.getSubjectX500Principal().getName());
    }

    private static KeyDescription of(String kind, PublicKey key, @Nullable String subject) {
        return new KeyDescription(kind, P256.keyId(key), P256.pem(key), subject);
    }
}
