package dev.medzoo.zoo.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final String SHA = "0123456789abcdef".repeat(4);

    @Test
    void theSameFilesGiveTheSameBytes() throws MalformedModelException {
        Manifest one = Manifest.of(Map.of("b", new byte[] {1}, "a", new byte[0]));
        Manifest other = Manifest.parse(one.toBytes(), "here");
        assertThat(other).isEqualTo(one);
        assertThat(other.toBytes()).isEqualTo(one.toBytes());
        assertThat(one.files()).extracting(ManifestEntry::path).containsExactly("a", "b");
        assertThat(one.digest()).matches("sha256:[0-9a-f]{64}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "../x",
                "/etc/passwd",
                "golden/..",
                "golden/../x",
                "a\\b",
                "C:x",
                "a/b/c",
                ".hidden",
                "golden/.x",
                "a\u0000b"
            })
    void refusesAPathThatLeadsOutOrAway(String path) {
        assertThatThrownBy(() -> new ManifestEntry(path, 1, SHA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("path: " + path + " (expected: a file inside the artifact's folder)");
    }

    @Test
    void refusesASizeThatNoFileMayHave() {
        assertThatThrownBy(() -> new ManifestEntry("a", -1, SHA))
                .hasMessage("size: -1 of a (expected: 0..67108864)");
        assertThatThrownBy(() -> new ManifestEntry("a", 67108865, SHA))
                .hasMessage("size: 67108865 of a (expected: 0..67108864)");
    }

    @Test
    void refusesMoreThanAnArtifactMayHold() {
        List<ManifestEntry> large =
                IntStream.range(0, 5)
                        .mapToObj(i -> new ManifestEntry("a" + i, 64 << 20, SHA))
                        .toList();
        assertThatThrownBy(() -> new Manifest(1, large))
                .hasMessage("files: 335544320 bytes together (expected: at most 268435456)");
        List<ManifestEntry> many =
                IntStream.range(1000, 1257)
                        .mapToObj(i -> new ManifestEntry("a" + i, 1, SHA))
                        .toList();
        assertThatThrownBy(() -> new Manifest(1, many))
                .hasMessage("files: 257 (expected: at most 256)");
    }

    @Test
    void refusesTheSameFileTwice() {
        ManifestEntry entry = new ManifestEntry("a", 1, SHA);
        assertThatThrownBy(() -> new Manifest(1, List.of(entry, entry)))
                .hasMessage("files: a after a (expected: sorted, without duplicates)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"format\":2,\"files\":[]} | format: 2 (expected: 1)",
                "{\"format\":1,\"format\":1,\"files\":[]} | Duplicate field 'format'",
                "{\"format\":1,\"files\":[],\"more\":1} | Unrecognized field \"more\"",
                "{\"format\":1} | Missing required creator property 'files'",
                "{\"files\":[]} | Missing required creator property 'format'",
                "{\"format\":\"1\",\"files\":[]} | Cannot coerce String value (\"1\")",
                "{\"format\":1,\"files\":null} | Invalid `null` value",
                "{\"format\":1,\"files\":[null]} | Invalid `null` value",
                "{\"format\":1,\"files\":[]} x | Unrecognized token 'x'",
                "null | null",
                "garbage | Unrecognized token 'garbage'",
                "{\"format\":1,\"files\":[{\"path\":\"../x\",\"size\":1,\"sha256\":\"\"}]}"
                        + " | path: ../x (expected: a file inside",
            })
    void saysWhatIsWrongWithItsJson(String json, String reason) {
        assertThatThrownBy(() -> Manifest.parse(json.getBytes(UTF_8), "skin/1.0.0"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("manifest.json: " + reason)
                .hasMessageEndingWith(" in skin/1.0.0");
    }

    @Test
    void refusesNestingWithoutEnd() {
        byte[] deep = "[".repeat(100_000).getBytes(UTF_8);
        assertThatThrownBy(() -> Manifest.parse(deep, "here"))
                .isInstanceOf(MalformedModelException.class);
    }
}
