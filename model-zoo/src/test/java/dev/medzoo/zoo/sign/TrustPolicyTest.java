package dev.medzoo.zoo.sign;

import static dev.medzoo.zoo.sign.TestAuthority.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trust file: who may sign what, when. */
class TrustPolicyTest {
    private static final SigningKey ANA = SigningKey.generate();
    private static final SigningKey BEN = SigningKey.generate();
    private static final byte[] INDEX = "{\"serial\": 7}".getBytes(UTF_8);
    private static final SortedMap<String, String> FILES =
            new TreeMap<>(Map.of("a", "0123456789abcdef".repeat(4)));

    private static final Store STORE = Store.open("a-store");

    @TempDir private Path temp = Path.of("");

    @AfterEach
    void forgetTheSetting() {
        System.clearProperty(TrustPolicy.PROPERTY);
    }

    @Test
    void withoutASettingNothingIsDemanded() {
        assertThat(TrustPolicy.fromSettings(STORE).demanded()).isFalse();
        assertThatThrownBy(() -> verify(TrustPolicy.none(), ANA))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("(expected: a signer trusted for tiny: [])");
    }

    @Test
    void aFileThatTrustsNobodyDemandsASignatureAll() throws Exception {
        TrustPolicy nobody = read(TrustFile.of());

        assertThat(nobody.demanded()).isTrue();
        assertThatThrownBy(() -> verify(nobody, ANA)).isInstanceOf(MalformedModelException.class);
    }

    @Test
    void theSettingNamesAFile() throws Exception {
        Path file = temp.resolve("trust.json");
        Files.write(file, TrustFile.of(TrustedKey.of("ana", ANA, List.of("*"), true)).toBytes());
        System.setProperty(TrustPolicy.PROPERTY, file.toString());

        assertThat(verify(TrustPolicy.fromSettings(STORE), ANA).name()).isEqualTo("ana");
    }

    @Test
    void aSettingThatNamesNoTrustFileIsRefused() throws Exception {
        Path file = temp.resolve("trust.json");
        System.setProperty(TrustPolicy.PROPERTY, file.toString());
        assertThatThrownBy(() -> TrustPolicy.fromSettings(STORE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("trust: %s (expected: a trust file)".formatted(file));

        Files.writeString(file, "{}");
        assertThatThrownBy(() -> TrustPolicy.fromSettings(STORE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("format")
                .hasMessageEndingWith(" in " + file);
    }

    @Test
    void aPersonMayWriteTheFile() throws Exception {
        String pem = ANA.publicPem().replace("\n", "\\n");
        Path file = temp.resolve("trust.json");
        Files.writeString(
                file,
                """
                {"format": 1, "authorities": [], "signers": [{"name": "ana",
                 "publicKey": "%s", "artifacts": ["tiny", "eye"], "index": false}]}
                """
                        .formatted(pem));
        TrustPolicy trust = TrustPolicy.read(file);

        assertThat(verify(trust, ANA)).isEqualTo(new Signer("ana", ANA.keyId()));
        assertThatThrownBy(() -> verify(trust, BEN)).isInstanceOf(MalformedModelException.class);
        assertThatThrownBy(() -> trust.verifyIndex(IndexSignature.sign(INDEX, 7, ANA), INDEX, "it"))
                .hasMessage(
                        "index.json: signed by %s (expected: a signer trusted for the index: [])"
                                        .formatted(ANA.keyId())
                                + " in it");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T12:00:00Z, 2026-06-01T12:00:01Z, true",
        "2026-06-01T12:00:01Z, , false",
        ", 2026-06-01T12:00:00Z, false",
        ", 2026-06-01T12:00:01Z, true",
    })
    void aKeyMayHaveItsTime(String from, String until, boolean trusted) throws Exception {
        TrustedKey key = new TrustedKey("ana", ANA.publicPem(), List.of("*"), true, from, until);
        TrustPolicy trust = TrustPolicy.of(TrustFile.of(key), Clock.fixed(NOW, ZoneOffset.UTC));

        if (trusted) {
            assertThat(verify(trust, ANA).name()).isEqualTo("ana");
        } else {
            assertThatThrownBy(() -> verify(trust, ANA))
                    .hasMessageContaining("[ana: ")
                    .hasMessageContaining(from == null ? "only until " : "not before ");
        }
    }

    @Test
    void oneKeyMayStandTwice() throws Exception {
        Instant over = Instant.parse("2020-01-01T00:00:00Z");
        TrustedKey old =
                new TrustedKey("old", ANA.publicPem(), List.of("*"), true, null, over.toString());
        TrustPolicy trust =
                read(TrustFile.of(old, TrustedKey.of("new", ANA, List.of("tiny"), false)));

        assertThat(verify(trust, ANA).name()).isEqualTo("new");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "format" : 1     | "format" : 2            | format: 2 (expected: 1)
                    BEGIN PUBLIC     | BEGIN PRIVATE           | PEM: none
                    "index" : true   | "index" : "true"        | boolean
                    "index" : true   | "index" : true, "x" : 1 | x
                    "*"              | null                    | artifacts
                    "name" : "ana",  | ''                      | name
                    "signers"        | "signed"                | signers
                    """)
    void refusesASlipInTheFile(String said, String instead, String message) throws Exception {
        TrustFile good = TrustFile.of(TrustedKey.of("ana", ANA, List.of("*"), true));
        String text = new String(good.toBytes(), UTF_8);
        assertThat(text).contains(said);
        Path file = temp.resolve("trust.json");
        Files.writeString(file, text.replace(said, instead));

        assertThatThrownBy(() -> TrustPolicy.read(file))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("trust: ")
                .hasMessageContaining(message)
                .hasMessageEndingWith(" in " + file);
    }

    @Test
    void refusesATimeThatIsNone() {
        assertThatThrownBy(
                        () -> new TrustedKey("ana", ANA.publicPem(), List.of(), true, "soon", null))
                .hasMessage("from: soon (expected: such as 2026-01-01T00:00:00Z)");
    }

    private TrustPolicy read(TrustFile file) throws Exception {
        Path path = temp.resolve("trust.json");
        Files.write(path, file.toBytes());
        return TrustPolicy.read(path);
    }

    private static Signer verify(TrustPolicy trust, SigningKey key) throws MalformedModelException {
        byte[] bundle = ModelSignature.sign("tiny", FILES, key);
        return trust.verifyArtifact(bundle, "tiny", FILES, "tiny/1.0.0");
    }
}
