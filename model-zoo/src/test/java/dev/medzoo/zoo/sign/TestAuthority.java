package dev.medzoo.zoo.sign;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
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
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of a hospital, with one more below it. */
final class TestAuthority {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final String EMAIL = "alice@hospital.example";

    private static final Duration YEAR = Duration.ofDays(365);

    private final String name;
    private final KeyPair pair;
    private final X509Certificate certificate;

    private TestAuthority(String name, KeyPair pair, X509Certificate certificate) {
        this.name = name;
        this.pair = pair;
        this.certificate = certificate;
    }

    static TestAuthority root(String name) throws Exception {
        KeyPair pair = pair("secp256r1");
        return new TestAuthority(name, pair, issue(name, pair, name, pair.getPublic(), true));
    }

    TestAuthority below(String subject) throws Exception {
        KeyPair below = pair("secp256r1");
        return new TestAuthority(
                subject, below, issue(name, pair, subject, below.getPublic(), true));
    }

    X509Certificate certificate() {
        return certificate;
    }

    String pem() throws GeneralSecurityException {
        return pem(certificate);
    }

    static String pem(X509Certificate certificate) throws GeneralSecurityException {
        return new Pem(Pem.CERTIFICATE, certificate.getEncoded()).toString();
    }

    /** A key of one who is called so, that may sign code from now on for a year. */
    X509Certificate vouch(PublicKey key, String subject) throws Exception {
        return issue(name, pair, subject, key, false);
    }

    X509Certificate finish(X509v3CertificateBuilder builder, String algorithm) throws Exception {
        return finish(builder, pair, algorithm);
    }

    /** A certificate without any statement of uses. */
    X509v3CertificateBuilder builder(PublicKey key, String subject) {
        return builder(name, subject, key);
    }

    /** A new key with a certificate of this authority, as it lies in a file beside it. */
    SigningKey key(Path folder, String subject) throws Exception {
        KeyPair pair = pair("secp256r1");
        return key(folder, pair, vouch(pair.getPublic(), subject), certificate);
    }

    static SigningKey key(Path folder, KeyPair pair, X509Certificate... certificates)
            throws GeneralSecurityException, IOException {
        StringBuilder chain = new StringBuilder();
        for (X509Certificate each : certificates) {
            chain.append(pem(each));
        }
        Path key = Files.createTempFile(folder, "key", ".pem");
        Path chainFile = Files.createTempFile(folder, "chain", ".pem");
        Files.writeString(key, new Pem(Pem.PRIVATE_KEY, P256.toDer(pair)).toString());
        Files.writeString(chainFile, chain);
        return SigningKey.read(key, chainFile);
    }

    static KeyPair pair(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static X509Certificate issue(
            String issuer, KeyPair issuerKey, String subject, PublicKey key, boolean authority)
            throws Exception {
        X509v3CertificateBuilder builder = builder(issuer, subject, key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        int use = authority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature;
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(use));
        if (!authority) {
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.rfc822Name, EMAIL)));
        }
        return finish(builder, issuerKey, P256.ALGORITHM);
    }

    static X509v3CertificateBuilder builder(String issuer, String subject, PublicKey key) {
        return new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + issuer),
                BigInteger.valueOf(subject.hashCode() & 0x7fffffffL).add(BigInteger.ONE),
                Date.from(NOW.minus(YEAR)),
                Date.from(NOW.plus(YEAR)),
                new X500Name("CN=" + subject),
                key);
    }

    static X509Certificate finish(
            X509v3CertificateBuilder builder, KeyPair issuer, String algorithm)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(
                                new JcaContentSignerBuilder(algorithm).build(issuer.getPrivate())));
    }
}
