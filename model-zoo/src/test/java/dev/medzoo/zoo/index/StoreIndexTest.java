package dev.medzoo.zoo.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.repository.zoo.ModelNotFoundException;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.store.FolderStore;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreIndexTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final String INDEX =
            """
            {"format": 1, "serial": 7,
             "artifacts": {"skin": [
                {"version": "0.1.0", "digest": "DIGEST", "revoked": "labels were swapped"},
                {"version": "0.2.0", "digest": "DIGEST"},
                {"version": "0.10.0", "digest": "DIGEST", "revoked": null}]},
             "aliases": {"skin": {"stable": "0.2.0", "old": "0.1.0"}}}
            """
                    .replace("DIGEST", DIGEST);

    private Path folder;

    @BeforeEach
    void makeRoom(@TempDir Path temporary) {
        folder = temporary;
    }

    private StoreIndex read(String json) throws MalformedModelException {
        return StoreIndex.parse(json.getBytes(UTF_8), folder.toString());
    }

    @Test
    void resolvesNameVersionAndAlias() throws Exception {
        StoreIndex index = read(INDEX);
        assertThat(index.resolve(ModelReference.parse("skin")).folder()).isEqualTo("skin/0.2.0");
        assertThat(index.resolve(ModelReference.parse("skin@stable")).digest()).isEqualTo(DIGEST);
        assertThat(index.resolve(ModelReference.parse("skin/0.10.0")).version())
                .isEqualTo(new Version(0, 10, 0));
        assertThat(read(new String(index.toBytes(), UTF_8))).isEqualTo(index);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eye | model: eye (expected one of: [skin])",
                "skin/9.9.9 | version: 9.9.9 of skin (expected one of: [0.2.0, 0.10.0])",
                "skin@candidate | alias: candidate of skin (expected one of: [old, stable])",
                "skin/0.1.0 | version: 0.1.0 of skin, revoked: labels were swapped"
                        + " (expected one of: [0.2.0, 0.10.0])",
                "skin@old | version: 0.1.0 of skin, revoked: labels were swapped"
                        + " (expected one of: [0.2.0, 0.10.0])",
            })
    void saysWhatThereIsInstead(String reference, String message) throws Exception {
        StoreIndex index = read(INDEX);
        assertThatThrownBy(() -> index.resolve(ModelReference.parse(reference)))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\": 1 | \"format\": 3 | format: 3 (expected: 1..2)",
                "\"serial\": 7 | \"serial\": -1 | serial: -1 (expected: at least 0)",
                "\"serial\": 7 | \"serial\": 7, \"serial\": 8 | Duplicate field 'serial'",
                "\"skin\": [ | \"Skin\": [ | name: Skin (expected: words",
                "\"0.10.0\" | \"0.1.0\" | artifacts: 0.1.0 of skin after 0.2.0",
                "\"0.10.0\" | \"10\" | version: 10 (expected: MAJOR.MINOR.PATCH",
                "\"stable\": \"0.2.0\" | \"stable\": \"1.0.0\" | aliases: skin@stable is 1.0.0",
                "\"serial\": 7 | \"serial\": 7, \"more\": 1 | Unrecognized field \"more\"",
                "\"digest\" | \"hash\" | Missing required creator property 'digest'",
                "sha256: | md5: | digest: md5:",
            })
    void refusesAnIndexThatMakesNoSense(String good, String bad, String reason) {
        assertThatThrownBy(() -> read(INDEX.replace(good, bad)))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("index.json: " + reason)
                .hasMessageEndingWith(" in " + folder);
    }

    @Test
    void refusesGarbageAndNothing() {
        assertThatThrownBy(() -> read("no index at all"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("index.json: Unrecognized token 'no'");
        assertThatThrownBy(
                        () -> VerifiedStore.of(new FolderStore(folder.resolve("absent"))).index())
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("index.json: absent (expected: a file) in " + folder.resolve("absent"));
    }
}
