package dev.medzoo.zoo.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Sha256;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IndexSignatureTest {
    private static final byte[] INDEX = "{\"serial\": 7}".getBytes(UTF_8);
    private static final SigningKey ANA = SigningKey.generate();
    private static final TrustPolicy TRUST =
            TrustPolicy.of(
                    TrustFile.of(TrustedKey.of("ana", ANA, List.of("*"), true)), Clock.systemUTC());

    @Test
    void acceptsTheIndexThatWasSigned() throws Exception {
        byte[] bundle = IndexSignature.sign(INDEX, 7, ANA);

        assertThat(TRUST.verifyIndex(bundle, INDEX, "store"))
                .isEqualTo(new Signer("ana", ANA.keyId()));
        assertThat(IndexSignature.claimedKeyId(bundle, "store")).isEqualTo(ANA.keyId());
    }

    @Test
    void refusesAnotherIndex() {
        byte[] other = "{\"serial\": 8}".getBytes(UTF_8);

        assertThatThrownBy(
                        () -> TRUST.verifyIndex(IndexSignature.sign(INDEX, 7, ANA), other, "store"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(
                        "index.json: signs index.json of sha256 %s (expected: index.json of %s) in"
                                        .formatted(Sha256.hex(INDEX), Sha256.hex(other))
                                + " store");
    }

    @Test
    void refusesAModelsSignature() {
        SortedMap<String, String> files = new TreeMap<>(Map.of("index.json", Sha256.hex(INDEX)));
        byte[] bundle = ModelSignature.sign("index.json", files, ANA);

        assertThatThrownBy(() -> TRUST.verifyIndex(bundle, INDEX, "store"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(
                        "index.json: predicateType https://model_signing/signature/v1.0"
                                + " (expected: urn:medzoo:index:v1) in store");
    }

    @Test
    void isNoModelsSignature() {
        SortedMap<String, String> files = new TreeMap<>(Map.of("index.json", Sha256.hex(INDEX)));
        byte[] bundle = IndexSignature.sign(INDEX, 7, ANA);

        assertThatThrownBy(() -> TRUST.verifyArtifact(bundle, "tiny", files, "tiny/1.0.0"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(
                        "model.sig: predicateType urn:medzoo:index:v1"
                                + " (expected: https://model_signing/signature/v1.0) in tiny/1.0.0");
    }

    @Test
    void refusesAnIndexOfAnotherName() {
        byte[] bundle =
                Bundle.sign(
                        Statement.of(
                                "other.json",
                                Sha256.hex(INDEX),
                                "urn:medzoo:index:v1",
                                Map.of("serial", 7)),
                        ANA);

        assertThatThrownBy(() -> TRUST.verifyIndex(bundle, INDEX, "store"))
                .hasMessageStartingWith("index.json: signs other.json of sha256 ");
    }
}
