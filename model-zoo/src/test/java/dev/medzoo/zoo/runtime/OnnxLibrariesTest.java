package dev.medzoo.zoo.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxLibrariesTest {
    private static final String FIRST = "onnxruntime.native.onnxruntime.path";
    private static final String SECOND = "onnxruntime.native.onnxruntime4j_jni.path";
    private static final FileTime LONG_AGO = FileTime.fromMillis(0);

    @TempDir private Path folder = Path.of("");

    @Test
    void leadsToWhatIsUnpackedOnce() throws Exception {
        Map<String, String> properties = OnnxLibraries.unpack(folder);
        assertThat(properties).containsOnlyKeys(FIRST, SECOND);
        for (String each : properties.values()) {
            assertThat(Path.of(each)).isRegularFile().isAbsolute().startsWith(folder);
            Files.setLastModifiedTime(Path.of(each), LONG_AGO);
        }
        assertThat(OnnxLibraries.unpack(folder)).isEqualTo(properties);
        for (String each : properties.values()) {
            assertThat(Files.getLastModifiedTime(Path.of(each))).isEqualTo(LONG_AGO);
        }
        assertThat(files()).isEqualTo(2);
    }

    @Test
    void unpacksAnewWhatIsDamagedOrCutShort() throws Exception {
        Path library = Path.of(OnnxLibraries.unpack(folder).get(SECOND));
        byte[] right = Files.readAllBytes(library);
        byte[] wrong = right.clone();
        wrong[wrong.length / 2] ^= 1;
        Files.write(library, wrong);
        OnnxLibraries.unpack(folder);
        assertThat(library).hasBinaryContent(right);
        Files.write(library, new byte[3]);
        OnnxLibraries.unpack(folder);
        assertThat(library).hasBinaryContent(right);
        assertThat(files()).isEqualTo(2);
    }

    @Test
    void leadsTheEnvironmentOfThisProcess() {
        assertThat(OnnxEnvironment.get().getVersion()).isNotEmpty();
        assertThat(Path.of(System.getProperty(FIRST))).isRegularFile();
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }
}
