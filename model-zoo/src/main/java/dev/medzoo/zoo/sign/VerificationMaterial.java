package dev.medzoo.zoo.sign;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.medzoo.zoo.format.Sha256;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says of the key that signed: either of the first two.
 *
 * @param publicKey which key, for who has it already
 * @param x509CertificateChain the certificates of the key
 * @param tlogEntries of a transparency log, which is for keyless signing: none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record VerificationMaterial(
        @Nullable KeyHint publicKey,
        @Nullable Certificates x509CertificateChain,
        @Nullable List<Object> tlogEntries) {
    /**
     * Names a key.
     *
     * @param hint SHA-256 of its PEM text, 64 hexadecimal digits
     */
    record KeyHint(String hint) {
        KeyHint {
            Sha256.checkHex(hint);
        }
    }

    /** The signing key's certificate first. */
    record Certificates(List<Certificate> certificates) {
        Certificates {
            certificates = List.copyOf(certificates);
            chain(certificates);
        }

        CertificateChain chain() {
            return chain(certificates);
        }

        private static CertificateChain chain(List<Certificate> certificates) {
            return CertificateChain.ofDer(
                    certificates.stream()
                            .map(each -> Base64.getDecoder().decode(each.rawBytes()))
                            .toList());
        }
    }

    /**
     * One certificate.
     *
     * @param rawBytes its DER form in base64
     */
    record Certificate(String rawBytes) {}

    VerificationMaterial {
        if ((publicKey == null) == (x509CertificateChain == null)) {
            throw new IllegalArgumentException(
                    "verificationMaterial: %s (expected: publicKey or x509CertificateChain)"
                            .formatted(publicKey == null ? "neither" : "both"));
        }
        if (tlogEntries != null && !tlogEntries.isEmpty()) {
            throw new IllegalArgumentException(
                    "tlogEntries: %d (expected: none)".formatted(tlogEntries.size()));
        }
    }

    static VerificationMaterial ofKey(String keyId) {
        return new VerificationMaterial(new KeyHint(Sha256.hexOf(keyId)), null, List.of());
    }

    static VerificationMaterial ofChain(CertificateChain chain) {
        List<Certificate> certificates =
                chain.certificates().stream().map(each -> new Certificate(encoded(each))).toList();
        return new VerificationMaterial(null, new Certificates(certificates), List.of());
    }

    /** Which key this claims to be of, {@code sha256:<hex>}. */
    String keyId() {
        if (publicKey != null) {
            return "sha256:" + publicKey.hint();
        }
        return P256.keyId(chain().key());
    }

    /** The certificates, where it is by certificate. */
    CertificateChain chain() {
        if (x509CertificateChain == null) {
            throw new IllegalStateException("no certificates");
        }
        return x509CertificateChain.chain();
    }

    private static String encoded(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("certificate: has no DER form", e);
        }
    }
}
