package dev.medzoo.serving.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * The server's certificate chain and private key.
 *
 * @param key of the first certificate
 * @param chain the server's own certificate first, then each that signed the one before
 */
public record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {
    private static final byte[] PROBE = "medzoo".getBytes(StandardCharsets.US_ASCII);

    public ServerCertificate {
        chain = List.copyOf(chain);
        for (int i = 0; i + 1 < chain.size(); i++) {
            X500Principal issuer = chain.get(i).getIssuerX500Principal();
            X500Principal next = chain.get(i + 1).getSubjectX500Principal();
            if (!issuer.equals(next)) {
                throw new IllegalArgumentException(
                        "certificate %d: of %s (expected: of %s, who signed the one before)"
                                .formatted(i + 2, next.getName(), issuer.getName()));
            }
        }
        if (chain.isEmpty() || !fits(key, chain.get(0).getPublicKey())) {
            throw new IllegalArgumentException(
                    "key: does not match (expected: the first certificate's)");
        }
    }

    /**
     * Both, checked.
     *
     * @param where they come from, for messages
     */
    static ServerCertificate of(PrivateKey key, List<X509Certificate> chain, String where)
            throws TlsException {
        try {
            return new ServerCertificate(key, chain);
        } catch (IllegalArgumentException e) {
            throw new TlsException("%s: %s".formatted(where, e.getMessage()), e);
        }
    }

    /** The server's name in it, as RFC 2253 writes it. */
    String subject() {
        return chain.get(0).getSubjectX500Principal().getName();
    }

    /** When it expires. */
    Instant expires() {
        return chain.get(0).getNotAfter().toInstant();
    }

    /**
     * Checks that it is valid now.
     *
     * @throws TlsException when it has expired or is not yet valid
     */
    void checkTime(Instant now) throws TlsException {
        Instant from = chain.get(0).getNotBefore().toInstant();
        if (now.isBefore(from) || now.isAfter(expires())) {
            throw new TlsException(
                    "certificate: of %s, valid from %s until %s (expected: valid now)"
                            .formatted(subject(), from, expires()));
        }
    }

    /** Compares the keys by signing and verifying, the only way that works for all key types. */
    private static boolean fits(PrivateKey key, PublicKey certified) {
        try {
            Signature signature = Signature.getInstance(algorithm(certified));
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
    }

    /** Without the key, which belongs in no log. */
    @Override
    public String toString() {
        return "%s, valid until %s".formatted(subject(), expires());
    }
}
