package dev.medzoo.registry.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refusals beside those of the attack table. */
@Tag("jdk")
class OciReaderTest {
    private static final Limits WIDE = new Limits(1 << 20, 1 << 20, 100);

    private Path spool;
    private byte[] tar;

    @BeforeEach
    void makeTar(@TempDir Path temporary) throws Exception {
        spool = Files.createDirectory(temporary.resolve("spool"));
        tar = new TinyStore(temporary.resolve("store")).tar();
    }

    private void assertRefused(Limits limits, byte[] bytes, String message) {
        assertThatThrownBy(
                        () ->
                                new OciReader(limits, "a.tar", spool)
                                        .read(new ByteArrayInputStream(bytes)))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith(message)
                .hasMessageEndingWith(" in a.tar");
    }

    @Test
    void refusesMoreThanATarMayHold() {
        assertRefused(new Limits(1 << 20, 1 << 20, 3), tar, "entries: more (expected: at most 3)");
        assertRefused(
                new Limits(1 << 20, 100, 100), tar, "index.json: too large in total (expected: ");
        assertRefused(
                new Limits(36, 1 << 20, 100), tar, "oci-layout: 37 bytes (expected: at most 36");
    }

    /** Blobs are there once, and may be the files of many versions. */
    @Test
    void refusesFewBytesThatBecomeMoreFilesThanATarMayHold() throws Exception {
        Map<String, byte[]> entries = new LinkedHashMap<>(Tar.entries(tar));
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode index = (ObjectNode) mapper.readTree(entries.get("index.json"));
        ArrayNode manifests = (ArrayNode) index.get("manifests");
        String version = manifests.get(0).toString();
        assertThat(version).contains("tiny:0.1.0");
        for (int i = 1; i < 100; i++) {
            manifests.add(mapper.readTree(version.replace("tiny:0.1.0", "tiny:0.1." + i)));
        }
        entries.put("index.json", mapper.writeValueAsBytes(index));
        byte[] many = Tar.of(entries);
        assertThatThrownBy(
                        () ->
                                new OciReader(new Limits(1 << 20, many.length, 100), "a.tar", spool)
                                        .read(new ByteArrayInputStream(many)))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining(": too large in total (expected: at most Limits[");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tiny:0.1.0\" | \"store\" | artifactType: application/vnd.medzoo.artifact.v1"
                        + " (expected: application/vnd.medzoo.store.v1)",
                "\"store\" | \"tiny:0.2.0\" | artifactType: application/vnd.medzoo.store.v1"
                        + " (expected: application/vnd.medzoo.artifact.v1)",
                "\"store\" | \"tiny:0.1.0\" | ref.name: tiny:0.1.0 (expected: distinct names)",
                "\"tiny:0.1.0\" | \"tiny\" | tiny: ref.name: tiny (expected: name:version)",
                "\"tiny:0.1.0\" | \"Tiny:0.1.0\" | Tiny:0.1.0: model reference: Tiny/0.1.0",
                "medzoo.artifact.v1 | medzoo.artifact.v2 | artifactType: application/vnd.medzoo."
                        + "artifact.v1 (expected: as the index says)",
                "image.index.v1 | image.index.v2 | index.json: schema 2 of application/vnd.oci."
                        + "image.index.v2+json (expected: 2 of application/vnd.oci.image.index.v1",
                "image.manifest.v1 | image.index.v1 | index.json: schema 2 of application/vnd.oci",
                "sha256: | sha512: | index.json: digest: sha512:",
                "ref.name | title | index.json: annotations: {org.opencontainers.image.title=",
            })
    void refusesAnIndexThatMakesNoSense(String good, String bad, String message) throws Exception {
        Map<String, byte[]> entries = new LinkedHashMap<>(Tar.entries(tar));
        String index = new String(entries.get("index.json"), UTF_8);
        entries.put("index.json", index.replace(good, bad).getBytes(UTF_8));
        assertRefused(WIDE, Tar.of(entries), message);
    }

    @Test
    void refusesATarWithoutAStoresIndex() throws Exception {
        Map<String, byte[]> entries = new LinkedHashMap<>(Tar.entries(tar));
        String index = new String(entries.get("index.json"), UTF_8);
        String first = index.substring(0, index.indexOf("},\n    {") + 1) + "]}";
        entries.put("index.json", first.getBytes(UTF_8));
        assertRefused(WIDE, Tar.of(entries), "store: absent (expected: a manifest)");
    }
}
