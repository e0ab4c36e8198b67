package dev.medzoo.zoo.sign;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.MalformedModelException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are: the signer that it was, or the one documented exception. */
@Tag("slow")
class MutatedBundleTest {
    private static final int ROUNDS = 40;
    private static final SortedMap<String, String> FILES =
            new TreeMap<>(Map.of("a", "0123456789abcdef".repeat(4)));
    private static final SigningKey ANA = SigningKey.generate();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir static Path temp = Path.of("");

    private static byte[] byKey = {};
    private static byte[] byCertificate = {};
    private static TrustPolicy trust = TrustPolicy.none();

    @BeforeAll
    static void sign() throws Exception {
        TestAuthority root = TestAuthority.root("hospital");
        byKey = ModelSignature.sign("tiny", FILES, ANA);
        byCertificate = ModelSignature.sign("tiny", FILES, root.below("lab").key(temp, "alice"));
        TrustedAuthority hospital =
                new TrustedAuthority("hospital", root.pem(), List.of("alice"), List.of("*"), true);
        trust =
                TrustPolicy.of(
                        new TrustFile(
                                TrustFile.FORMAT,
                                List.of(TrustedKey.of("ana", ANA, List.of("*"), true)),
                                List.of(hospital)),
                        Clock.fixed(TestAuthority.NOW, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void changedBytesAreRefusedOrChangeNothing(Random random) {
        for (int i = 0; i < ROUNDS; i++) {
            verify(mutated(byKey, random));
            verify(mutated(byCertificate, random));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void changedCertificatesAreRefused(Random random) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            ObjectNode bundle = (ObjectNode) JSON.readTree(byCertificate);
            String path = "/verificationMaterial/x509CertificateChain/certificates/";
            ObjectNode certificate = (ObjectNode) bundle.at(path + random.nextInt(2));
            byte[] der = Base64.getDecoder().decode(certificate.path("rawBytes").textValue());
            byte[] changed = mutated(der, random);
            certificate.put("rawBytes", Base64.getEncoder().encodeToString(changed));
            verify(JSON.writeValueAsBytes(bundle));
        }
    }

    /** Signed by who is trusted, so that it is read to the end. */
    @ParameterizedTest
    @MethodSource("seeds")
    void changedStatementsAreRefused(Random random) throws Exception {
        byte[] statement = Bundle.read(byKey, "model.sig", "it").dsseEnvelope().statement();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] changed = mutated(statement, random);
            ObjectNode bundle = (ObjectNode) JSON.readTree(byKey);
            bundle.set("dsseEnvelope", JSON.valueToTree(Envelope.of(changed, ANA)));
            verify(JSON.writeValueAsBytes(bundle));
        }
    }

    static Stream<Random> seeds() {
        return LongStream.range(0, 10).mapToObj(Random::new);
    }

    private static void verify(byte[] bundle) {
        try {
            Signer signer = trust.verifyArtifact(bundle, "tiny", FILES, "tiny/1.0.0");
            assertThat(signer.name()).isIn("ana", "alice (hospital)");
        } catch (MalformedModelException e) {
            assertThat(e.getMessage()).endsWith(" in tiny/1.0.0");
        } catch (RuntimeException e) {
            throw new AssertionError(Base64.getEncoder().encodeToString(bundle), e);
        }
    }

    /**
     * A few bytes flipped, cut out, doubled, or replaced by what means something in JSON or DER.
     */
    private static byte[] mutated(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int times = 1 + random.nextInt(3); times > 0 && bytes.length > 1; times--) {
            int at = random.nextInt(bytes.length);
            int end = Math.min(bytes.length, at + 1 + random.nextInt(40));
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] = (byte) "\"{}[]:,\\0-e\u0000\u0080".charAt(random.nextInt(13));
                case 3 -> bytes = spliced(bytes, at, end);
                default -> bytes = spliced(bytes, end, at);
            }
        }
        return bytes;
    }

    /** The bytes up to one place and then those from another. */
    private static byte[] spliced(byte[] bytes, int until, int from) {
        byte[] head = Arrays.copyOf(bytes, until + bytes.length - from);
        System.arraycopy(bytes, from, head, until, bytes.length - from);
        return head;
    }
}
