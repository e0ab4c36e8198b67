package dev.medzoo.serving.tls;

import dev.medzoo.zoo.sign.Pem;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of a hospital, and what it issues. */
final class TestCertificates {
    private static final Duration YEAR = Duration.ofDays(365);

    private final X500Name name;
    private final KeyPair pair;
    private final X509Certificate root;

    /**
     * A certificate with its key.
     *
     * @param authority who signed it
     */
    record Issued(KeyPair pair, X509Certificate certificate, X509Certificate authority) {
        String keyPem() {
            return new Pem(Pem.PRIVATE_KEY, pair.getPrivate().getEncoded()).toString();
        }

        String pem() throws Exception {
            return TestCertificates.pem(certificate);
        }

        /** Beside the authority's. */
        void writeKeyStore(Path file, String password, String type) throws Exception {
            KeyStore store = keyStore(password, type);
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, password.toCharArray());
            }
        }

        KeyStore keyStore(String password, String type) throws Exception {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            X509Certificate[] chain = {certificate, authority};
            store.setKeyEntry("key", pair.getPrivate(), password.toCharArray(), chain);
            return store;
        }
    }

    TestCertificates(String commonName) throws Exception {
        name = new X500Name("O=hospital,CN=" + commonName);
        pair = pair("EC");
        X509v3CertificateBuilder builder = builder(name, pair, from(), from().plus(YEAR));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        root = sign(builder);
    }

    X509Certificate root() {
        return root;
    }

    String pem() throws Exception {
        return pem(root);
    }

    /** For a server on this machine, valid for a year. */
    Issued server() throws Exception {
        return server("EC", from(), from().plus(YEAR));
    }

    Issued server(String algorithm, Instant from, Instant until) throws Exception {
        return issue("localhost", algorithm, from, until, KeyPurposeId.id_kp_serverAuth);
    }

    /** For a client of that name, valid for a year. */
    Issued client(String commonName) throws Exception {
        return client(commonName, from(), from().plus(YEAR));
    }

    Issued client(String commonName, Instant from, Instant until) throws Exception {
        return issue(commonName, "EC", from, until, KeyPurposeId.id_kp_clientAuth);
    }

    static String pem(X509Certificate certificate) throws Exception {
        return new Pem(Pem.CERTIFICATE, certificate.getEncoded()).toString();
    }

    private Issued issue(
            String commonName, String algorithm, Instant from, Instant until, KeyPurposeId purpose)
            throws Exception {
        KeyPair issued = pair(algorithm);
        X509v3CertificateBuilder builder =
                builder(new X500Name("O=hospital,CN=" + commonName), issued, from, until);
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        GeneralName[] names = {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        };
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        return new Issued(issued, sign(builder), root);
    }

    private X509v3CertificateBuilder builder(
            X500Name subject, KeyPair key, Instant from, Instant until) {
        return new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
                Date.from(from),
                Date.from(until),
                subject,
                key.getPublic());
    }

    private X509Certificate sign(X509v3CertificateBuilder builder) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(pair.getPrivate())));
    }

    private static Instant from() {
        return Instant.now().minus(Duration.ofDays(1));
    }

    private static KeyPair pair(String algorithm) throws Exception {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    }
}
