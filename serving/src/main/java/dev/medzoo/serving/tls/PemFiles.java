package dev.medzoo.serving.tls;

import dev.medzoo.zoo.sign.Pem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Key and certificates as PEM, in two files or in one.
 *
 * @param certificates the server's own first, then each that signed the one before ({@code
 *     certificate_file})
 * @param key PKCS #8, not encrypted ({@code private_key_file})
 */
public record PemFiles(Path certificates, Path key) implements CertificateSource {
    static final String CERTIFICATE_FILE = "certificate_file";
    static final String PRIVATE_KEY_FILE = "private_key_file";

    @Override
    public Map<String, Path> files() {
        return Map.of(CERTIFICATE_FILE, certificates, PRIVATE_KEY_FILE, key);
    }

    @Override
    public ServerCertificate read(Map<String, byte[]> contents) throws TlsException {
        List<X509Certificate> chain =
                certificates(bytes(contents, CERTIFICATE_FILE), CERTIFICATE_FILE, certificates);
        byte[] der = privateKey(bytes(contents, PRIVATE_KEY_FILE));
        String algorithm = chain.get(0).getPublicKey().getAlgorithm();
        try {
            PrivateKey read =
                    KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            return ServerCertificate.of(
                    read, chain, "certificate_file: %s with %s".formatted(certificates, key));
        } catch (GeneralSecurityException e) {
            throw new TlsException(
                    "private_key_file: %s: no %s key (expected: the first certificate's, in %s)"
                            .formatted(key, algorithm, certificates),
                    e);
        }
    }

    /** The certificates of a PEM file; a private key may stand between them. */
    static List<X509Certificate> certificates(byte[] bytes, String setting, Path file)
            throws TlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Pem block : blocks(bytes, setting, file)) {
                if (block.label().equals(Pem.CERTIFICATE)) {
                    certificates.add(
                            (X509Certificate)
                                    factory.generateCertificate(
                                            new ByteArrayInputStream(block.der())));
                }
            }
        } catch (CertificateException e) {
            throw new TlsException(
                    "%s: %s: %s (expected: certificates)".formatted(setting, file, e.getMessage()),
                    e);
        }
        if (certificates.isEmpty()) {
            throw new TlsException(
                    "%s: %s: no certificate (expected: at least one)".formatted(setting, file));
        }
        return certificates;
    }

    private static byte[] bytes(Map<String, byte[]> contents, String setting) {
        return Objects.requireNonNull(contents.get(setting), setting);
    }

    private byte[] privateKey(byte[] bytes) throws TlsException {
        List<Pem> keys =
                blocks(bytes, PRIVATE_KEY_FILE, key).stream()
                        .filter(block -> !block.label().equals(Pem.CERTIFICATE))
                        .toList();
        if (keys.size() != 1 || !keys.get(0).label().equals(Pem.PRIVATE_KEY)) {
            throw new TlsException(
                    ("private_key_file: %s: %s (expected: one PRIVATE KEY;"
                                    + " openssl pkcs8 -topk8 -nocrypt makes it of others)")
                            .formatted(key, keys.stream().map(Pem::label).toList()));
        }
        return keys.get(0).der();
    }

    private static List<Pem> blocks(byte[] bytes, String setting, Path file) throws TlsException {
        try {
            return Pem.parse(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new TlsException("%s: %s: %s".formatted(setting, file, e.getMessage()), e);
        }
    }
}
