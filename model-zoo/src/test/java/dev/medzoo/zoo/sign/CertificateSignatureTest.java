package dev.medzoo.zoo.sign;

import static dev.medzoo.zoo.sign.TestAuthority.EMAIL;
import static dev.medzoo.zoo.sign.TestAuthority.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures by certificate: who is vouched for, for what, and until when. */
@Tag("jdk")
class CertificateSignatureTest {
    private static final String WHERE = "tiny/1.0.0";

    private static TestAuthority root;
    private static TestAuthority lab;

    @TempDir private Path temp = Path.of("");
    private ModelFolder model = new ModelFolder(temp);

    @BeforeAll
    static void found() throws Exception {
        root = TestAuthority.root("hospital");
        lab = root.below("lab");
    }

    @BeforeEach
    void draw() throws Exception {
        model = ModelFolder.in(temp);
    }

    @ParameterizedTest
    @ValueSource(strings = {EMAIL, "alice"})
    void whomTheAuthorityNamesMaySign(String subject) throws Exception {
        SigningKey alice = root.key(temp, "alice");
        byte[] bundle = model.sign(alice);

        model.verifier().verify(root.certificate(), Date.from(NOW));
        assertThat(verify(bundle, NOW, subject))
                .isEqualTo(new Signer(subject + " (hospital)", alice.keyId()));
        assertThat(ModelSignature.claimedKeyId(bundle, WHERE)).isEqualTo(alice.keyId());
    }

    @Test
    void anAuthorityBelowTheRootMayVouch() throws Exception {
        byte[] bundle = model.sign(lab.key(temp, "alice"));

        model.verifier().verify(root.certificate(), Date.from(NOW));
        assertThat(verify(bundle, NOW, EMAIL).name()).isEqualTo(EMAIL + " (hospital)");
    }

    @Test
    void refusesOneWhomTheTrustFileDoesNotName() throws Exception {
        byte[] bundle = model.sign(root.key(temp, "alice"));

        refuses(
                bundle,
                NOW,
                "[hospital: one of [bob@hospital.example], not [alice, alice@hospital.example]]",
                "bob@hospital.example");
        refuses(bundle, NOW, "[hospital: one of [ALICE], not [alice, ", "ALICE");
    }

    @Test
    void refusesAnotherAuthorityOfTheSameName() throws Exception {
        byte[] bundle = model.sign(TestAuthority.root("hospital").key(temp, "alice"));

        refuses(bundle, NOW, "[hospital: ", EMAIL);
        assertThatThrownBy(() -> model.verifier().verify(root.certificate(), Date.from(NOW)));
    }

    @Test
    void refusesACertificateOutOfItsTime() throws Exception {
        byte[] bundle = model.sign(root.key(temp, "alice"));

        refuses(bundle, NOW.plus(Duration.ofDays(366)), "[hospital: ", EMAIL);
        refuses(bundle, NOW.minus(Duration.ofDays(366)), "[hospital: ", EMAIL);
    }

    @Test
    void refusesWhatTheRootItselfSigned() throws Exception {
        KeyPair pair = TestAuthority.pair("secp256r1");
        X509v3CertificateBuilder builder = TestAuthority.builder("solo", "solo", pair.getPublic());
        use(builder, KeyUsage.digitalSignature | KeyUsage.keyCertSign);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        X509Certificate solo = TestAuthority.finish(builder, pair, P256.ALGORITHM);
        TrustedAuthority trusted =
                new TrustedAuthority(
                        "solo", TestAuthority.pem(solo), List.of("solo"), List.of("*"), false);
        Bundle bundle =
                Bundle.read(model.sign(TestAuthority.key(temp, pair, solo)), "model.sig", WHERE);

        assertThatThrownBy(() -> trusted.identify(bundle, NOW))
                .hasMessage("the root itself signed");
    }

    @Test
    void refusesARootThatIsNoAuthority() throws Exception {
        KeyPair pair = TestAuthority.pair("secp256r1");
        String pem = TestAuthority.pem(root.vouch(pair.getPublic(), "alice"));

        assertThatThrownBy(() -> new TrustedAuthority("lab", pem, List.of(), List.of(), false))
                .hasMessage(
                        "certificate: lab may not sign certificates (expected: a certificate"
                                + " authority)");
    }

    @Test
    void refusesOneWhoMayNotVouchForOthers() throws Exception {
        KeyPair alice = TestAuthority.pair("secp256r1");
        X509Certificate ofAlice = root.vouch(alice.getPublic(), "alice");
        KeyPair eve = TestAuthority.pair("secp256r1");
        X509v3CertificateBuilder builder =
                TestAuthority.builder("alice", "bob@hospital.example", eve.getPublic());
        use(builder, KeyUsage.digitalSignature);
        X509Certificate ofEve = TestAuthority.finish(builder, alice, P256.ALGORITHM);

        refuses(
                model.sign(TestAuthority.key(temp, eve, ofEve, ofAlice)),
                NOW,
                "[hospital: ",
                "bob@hospital.example");
    }

    @Test
    void refusesACertificateThatIsForOtherUses() throws Exception {
        KeyPair pair = TestAuthority.pair("secp256r1");
        X509v3CertificateBuilder none = root.builder(pair.getPublic(), "alice");
        X509v3CertificateBuilder agreement = root.builder(pair.getPublic(), "alice");
        use(agreement, KeyUsage.keyAgreement);
        X509v3CertificateBuilder server = root.builder(pair.getPublic(), "alice");
        use(server, KeyUsage.digitalSignature);
        server.addExtension(
                Extension.extendedKeyUsage,
                true,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        for (X509v3CertificateBuilder each : List.of(none, agreement, server)) {
            X509Certificate certificate = root.finish(each, P256.ALGORITHM);
            refuses(
                    model.sign(TestAuthority.key(temp, pair, certificate)),
                    NOW,
                    "[hospital: its uses are not signatures of code]",
                    "alice");
        }
    }

    @Test
    void refusesAnotherAlgorithmThanOurs() throws Exception {
        KeyPair pair = TestAuthority.pair("secp256r1");
        X509v3CertificateBuilder builder = root.builder(pair.getPublic(), "alice");
        use(builder, KeyUsage.digitalSignature);
        X509Certificate certificate = root.finish(builder, "SHA384withECDSA");

        refuses(
                model.sign(TestAuthority.key(temp, pair, certificate)),
                NOW,
                "[hospital: a certificate is signed by SHA384withECDSA]",
                "alice");
    }

    @Test
    void refusesACertificateOnAnotherCurve() throws Exception {
        X509Certificate certificate =
                root.vouch(TestAuthority.pair("secp384r1").getPublic(), "alice");

        assertThatThrownBy(() -> new CertificateChain(List.of(certificate)))
                .hasMessage(
                        "public key: unsupported kind (expected: ECDSA on P-256, not compressed)");
    }

    @Test
    void refusesACertificateOfAnotherKey() throws Exception {
        KeyPair pair = TestAuthority.pair("secp256r1");
        X509Certificate other = root.vouch(TestAuthority.pair("secp256r1").getPublic(), "alice");

        assertThatThrownBy(() -> TestAuthority.key(temp, pair, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("certificate: of key sha256:");
    }

    private Signer verify(byte[] bundle, Instant now, String subject) throws Exception {
        TrustedAuthority hospital =
                new TrustedAuthority(
                        "hospital", root.pem(), List.of(subject), List.of("tiny"), false);
        TrustPolicy trust =
                TrustPolicy.of(
                        new TrustFile(TrustFile.FORMAT, List.of(), List.of(hospital)),
                        Clock.fixed(now, ZoneOffset.UTC));
        return trust.verifyArtifact(bundle, "tiny", model.sha256ByPath(), WHERE);
    }

    private void refuses(byte[] bundle, Instant now, String why, String subject) {
        assertThatThrownBy(() -> verify(bundle, now, subject))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("model.sig: signed by sha256:")
                .hasMessageContaining("(expected: a signer trusted for tiny: " + why)
                .hasMessageEndingWith(" in " + WHERE);
    }

    private static void use(X509v3CertificateBuilder builder, int usage) throws Exception {
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    }
}
