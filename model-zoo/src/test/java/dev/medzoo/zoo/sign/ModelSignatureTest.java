package dev.medzoo.zoo.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.medzoo.zoo.format.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures by key, against a verifier that was written from the specification alone. */
class ModelSignatureTest {
    private static final String WHERE = "tiny/1.0.0";
    private static final SigningKey ANA = SigningKey.generate();
    private static final TrustPolicy TRUST =
            TrustPolicy.of(
                    TrustFile.of(TrustedKey.of("ana", ANA, List.of("tiny"), false)),
                    Clock.systemUTC());

    @TempDir private Path temp = Path.of("");
    private ModelFolder model = new ModelFolder(temp);

    @BeforeEach
    void draw() throws IOException {
        model = ModelFolder.in(temp);
    }

    @Test
    void whatItSignsItAndTheSpecificationAccept() throws Exception {
        byte[] bundle = model.sign(ANA);

        model.verifier().verify(ANA.publicPem());
        assertThat(TRUST.verifyArtifact(bundle, "tiny", model.sha256ByPath(), WHERE))
                .isEqualTo(new Signer("ana", ANA.keyId()));
        assertThat(ModelSignature.claimedKeyId(bundle, WHERE)).isEqualTo(ANA.keyId());
    }

    @Test
    void whatTheSpecificationSignsItAccepts() throws Exception {
        Path key = temp.resolve("ana.pem");
        ANA.write(key);
        byte[] bundle =
                model.verifier()
                        .sign(
                                P256.keyPair(Pem.parse(Files.readString(key), Pem.PRIVATE_KEY))
                                        .getPrivate(),
                                ANA.publicPem());

        assertThat(TRUST.verifyArtifact(bundle, "tiny", model.sha256ByPath(), WHERE).name())
                .isEqualTo("ana");
    }

    @Test
    void signsAsManyFilesAsAnArtifactMayHold() throws Exception {
        TreeMap<String, String> many =
                IntStream.range(0, 257)
                        .mapToObj(i -> "golden/%s%03d".formatted("x".repeat(118), i))
                        .collect(
                                Collectors.toMap(
                                        name -> name,
                                        name -> "0123456789abcdef".repeat(4),
                                        (a, b) -> a,
                                        TreeMap::new));
        byte[] bundle = ModelSignature.sign("tiny", many, ANA);

        assertThat(bundle).hasSizeLessThan(ModelSignature.LARGEST_BYTES);
        assertThat(TRUST.verifyArtifact(bundle, "tiny", many, WHERE).name()).isEqualTo("ana");
    }

    @Test
    void refusesAFileThatIsNotSigned() throws Exception {
        byte[] bundle = model.sign(ANA);
        Files.writeString(model.path().resolve("golden/1.png"), "more");

        bothRefuse(bundle, "golden/1.png: not signed (expected: only files that model.sig names)");
    }

    @Test
    void refusesAFileThatIsGone() throws Exception {
        byte[] bundle = model.sign(ANA);
        Files.delete(model.path().resolve("synset.txt"));

        bothRefuse(bundle, "synset.txt: absent (expected: every file that model.sig names)");
    }

    @Test
    void refusesAFileThatDiffers() throws Exception {
        byte[] bundle = model.sign(ANA);
        Files.write(model.path().resolve("tiny-0000.params"), new byte[70_001]);

        bothRefuse(bundle, "tiny-0000.params: sha256 ");
    }

    @Test
    void refusesTheSignatureOfAnother() throws Exception {
        SigningKey eve = SigningKey.generate();

        assertThatThrownBy(
                        () ->
                                TRUST.verifyArtifact(
                                        model.sign(eve), "tiny", model.sha256ByPath(), WHERE))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(
                        "model.sig: signed by %s (expected: a signer trusted for tiny:"
                                        .formatted(eve.keyId())
                                + " [ana: %s]) in tiny/1.0.0".formatted(ANA.keyId()));
    }

    @Test
    void refusesAnotherWhoSaysThatTheyAreTrusted() throws Exception {
        byte[] evil =
                edited(
                        model.sign(SigningKey.generate()),
                        bundle ->
                                ((ObjectNode) bundle.at("/verificationMaterial/publicKey"))
                                        .put("hint", ANA.keyId().substring(7)));

        bothRefuse(evil, "(expected: a signer trusted for tiny: [ana: a signature that verifies])");
    }

    @Test
    void refusesAnotherModelThanTheSignerMaySign() throws Exception {
        byte[] bundle = model.sign(ANA);

        assertThatThrownBy(() -> TRUST.verifyArtifact(bundle, "eye", model.sha256ByPath(), "eye"))
                .hasMessage(
                        "model.sig: signed by %s (expected: a signer trusted for eye: []) in eye"
                                .formatted(ANA.keyId()));
    }

    @Test
    void refusesAStatementThatWasChanged() throws Exception {
        byte[] bundle = model.sign(ANA);
        byte[] evil = edited(bundle, each -> statement(each, "tiny-0000", "tiny-9999"));

        bothRefuse(evil, "(expected: a signer trusted for tiny: [ana: a signature that verifies])");
        assertThatThrownBy(() -> model.verifier().verify(ANA.publicPem()))
                .isInstanceOf(OmsVerifier.Refused.class)
                .hasMessage("signature");
    }

    /** All of these are signed by who is trusted, and still say what may not be. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "method" : "files"                   | "method" : "shards"                  | serialization: shards by sha256
                    "hash_type" : "sha256"               | "hash_type" : "blake2b"              | serialization: files by blake2b
                    "allow_symlinks" : false             | "allow_symlinks" : true              | symbolic links true
                    "algorithm" : "sha256"               | "algorithm" : "blake3"               | algorithm: blake3 of artifact.json
                    "name" : "synset.txt"                | "name" : "golden.txt"                | resources: golden.txt twice
                    "name" : "synset.txt"                | "name" : "../synset.txt"             | synset.txt: not signed
                    https://in-toto.io/Statement/v1      | https://in-toto.io/Statement/v0.1    | _type: https://in-toto.io/Statement/v0.1
                    https://model_signing/signature/v1.0 | https://model_signing/Digests/v0.1   | predicateType https://model_signing/Digests/v0.1
                    https://model_signing/signature/v1.0 | urn:medzoo:index:v1                  | predicateType urn:medzoo:index:v1 (expected: https://model_signing/signature/v1.0)
                    "predicateType"                      | "more" : 1, "predicateType"          | more
                    "method"                             | "method" : "files", "method"         | Duplicate field 'method'
                    "digest" : "                         | "digest" : "AB                       | sha256:
                    """)
    void refusesAStatementThatSaysAnotherThing(String said, String instead, String message)
            throws Exception {
        String text = new String(statement(), UTF_8);
        assertThat(text).contains(said);
        byte[] evil = signed(text.replace(said, instead).getBytes(UTF_8));
        bothRefuse(evil, message);
    }

    @Test
    void refusesASubjectThatIsNotItsResources() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode tree = (ObjectNode) mapper.readTree(statement());
        ((ObjectNode) tree.at("/subject/0/digest")).put("sha256", "0".repeat(64));

        bothRefuse(signed(mapper.writeValueAsBytes(tree)), "model.sig: subject's sha256 0000");
    }

    @Test
    void fieldsThatTheSpecificationLeavesOpenArePassedOver() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode tree = (ObjectNode) mapper.readTree(statement());
        ((ObjectNode) tree.at("/subject/0")).put("uri", "urn:x");
        ((ObjectNode) tree.at("/predicate/resources/0")).put("media_type", "text/plain");
        ((ObjectNode) tree.at("/predicate/serialization")).remove("ignore_paths");
        byte[] bundle = signed(mapper.writeValueAsBytes(tree));

        for (Consumer<ObjectNode> edit :
                List.<Consumer<ObjectNode>>of(
                        each ->
                                ((ObjectNode) each.at("/verificationMaterial"))
                                        .remove("tlogEntries"),
                        each ->
                                ((ObjectNode) each.at("/dsseEnvelope/signatures/0"))
                                        .remove("keyid"),
                        each ->
                                ((ObjectNode) each.at("/dsseEnvelope/signatures/0"))
                                        .putNull("keyid"))) {
            byte[] edited = edited(bundle, edit);
            assertThat(TRUST.verifyArtifact(edited, "tiny", model.sha256ByPath(), WHERE).name())
                    .isEqualTo("ana");
        }
    }

    @Test
    void refusesWhatIsNoBundleOfOneSignature() throws Exception {
        byte[] bundle = model.sign(ANA);
        Map<String, Consumer<ObjectNode>> edits =
                Map.of(
                        "mediaType: text/plain (expected: application/vnd.dev.sigstore",
                        each -> each.put("mediaType", "text/plain"),
                        "verificationMaterial: neither (expected: publicKey or",
                        each -> ((ObjectNode) each.at("/verificationMaterial")).remove("publicKey"),
                        "tlogEntries: 1 (expected: none)",
                        each -> ((ArrayNode) each.at("/verificationMaterial/tlogEntries")).add(1),
                        "signatures: 0 (expected: one)",
                        each -> ((ArrayNode) each.at("/dsseEnvelope/signatures")).removeAll(),
                        "payloadType: text/plain (expected: application/vnd.in-toto+json)",
                        each ->
                                ((ObjectNode) each.at("/dsseEnvelope"))
                                        .put("payloadType", "text/plain"),
                        "Illegal base64",
                        each -> ((ObjectNode) each.at("/dsseEnvelope")).put("payload", "{}"),
                        "\"more\"",
                        each -> each.put("more", 1),
                        "hint",
                        each ->
                                ((ObjectNode) each.at("/verificationMaterial/publicKey"))
                                        .remove("hint"));
        for (Map.Entry<String, Consumer<ObjectNode>> edit : edits.entrySet()) {
            refuses(edited(bundle, edit.getValue()), edit.getKey());
        }
        refuses(new byte[ModelSignature.LARGEST_BYTES + 1], "1048577 bytes (expected: at most");
        refuses(new byte[0], "model.sig: ");
    }

    private void bothRefuse(byte[] bundle, String message) throws IOException {
        refuses(bundle, message);
        Files.write(model.signature(), bundle);
        assertThatThrownBy(() -> model.verifier().verify(ANA.publicPem()));
    }

    private void refuses(byte[] bundle, String message) {
        assertThatThrownBy(() -> TRUST.verifyArtifact(bundle, "tiny", model.sha256ByPath(), WHERE))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining(message)
                .hasMessageEndingWith(" in " + WHERE);
    }

    private byte[] statement() throws IOException, MalformedModelException {
        return Bundle.read(model.sign(ANA), "model.sig", WHERE).dsseEnvelope().statement();
    }

    /** Any bytes in an envelope with a signature that verifies. */
    private static byte[] signed(byte[] statement) {
        return Json.write(
                new Bundle(
                        "application/vnd.dev.sigstore.bundle.v0.3+json",
                        ANA.material(),
                        Envelope.of(statement, ANA)));
    }

    private static byte[] edited(byte[] bundle, Consumer<ObjectNode> edit) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode tree = (ObjectNode) mapper.readTree(bundle);
        edit.accept(tree);
        return mapper.writeValueAsBytes(tree);
    }

    private static void statement(ObjectNode bundle, String said, String instead) {
        ObjectNode envelope = (ObjectNode) bundle.at("/dsseEnvelope");
        byte[] statement = Base64.getDecoder().decode(envelope.path("payload").textValue());
        String text = new String(statement, UTF_8);
        envelope.put(
                "payload",
                Base64.getEncoder().encodeToString(text.replace(said, instead).getBytes(UTF_8)));
    }
}
