package dev.medzoo.zoo.sign;

import static dev.medzoo.zoo.sign.TestAuthority.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/**
 * Bundles over {@code oms/tiny} that the specification's own program made, {@code model_signing} at
 * commit e343073. It orders files by folder first, so that {@code golden/golden.json} stands before
 * {@code golden.txt}.
 */
class RealProgramTest {
    private static final Path FOLDER = Path.of("src/test/resources/oms");

    @Test
    void itsSignatureByKeyIsAccepted() throws Exception {
        String pem = Files.readString(FOLDER.resolve("key.pub"));
        TrustedKey ana = new TrustedKey("ana", pem, List.of("tiny"), false, null, null);
        TrustPolicy trust = TrustPolicy.of(TrustFile.of(ana), Clock.systemUTC());
        byte[] bundle = Files.readAllBytes(FOLDER.resolve("key.sig"));

        assertThat(trust.verifyArtifact(bundle, "tiny", files(), "tiny/1.0.0").name())
                .isEqualTo("ana");
        refusesOtherFiles(trust, bundle);
    }

    @Test
    void itsSignatureByCertificateIsAccepted() throws Exception {
        TrustedAuthority hospital =
                new TrustedAuthority(
                        "hospital",
                        Files.readString(FOLDER.resolve("root.pem")),
                        List.of("alice@hospital.example"),
                        List.of("tiny"),
                        false);
        TrustPolicy trust =
                TrustPolicy.of(
                        new TrustFile(TrustFile.FORMAT, List.of(), List.of(hospital)),
                        Clock.fixed(NOW.plus(Duration.ofDays(365)), ZoneOffset.UTC));
        byte[] bundle = Files.readAllBytes(FOLDER.resolve("certificate.sig"));

        assertThat(trust.verifyArtifact(bundle, "tiny", files(), "tiny/1.0.0").name())
                .isEqualTo("alice@hospital.example (hospital)");
        refusesOtherFiles(trust, bundle);
    }

    private static SortedMap<String, String> files() throws IOException {
        return new ModelFolder(FOLDER.resolve("tiny")).sha256ByPath();
    }

    private static void refusesOtherFiles(TrustPolicy trust, byte[] bundle) throws IOException {
        SortedMap<String, String> fewer = files();
        fewer.remove("golden.txt");
        assertThatThrownBy(() -> trust.verifyArtifact(bundle, "tiny", fewer, "tiny/1.0.0"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("golden.txt: absent");
    }
}
