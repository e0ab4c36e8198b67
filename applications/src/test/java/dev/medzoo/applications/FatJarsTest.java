package dev.medzoo.applications;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program packed as Spring Boot and as the shade plugin do it, and started by itself. */
@Tag("slow")
class FatJarsTest {
    private static final String MODEL = "dfu-double-transfer/1.0.0";

    @TempDir private Path work = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"-boot.jar", "-shaded.jar"})
    void aFatJarFindsTheModelsInItselfAndPredicts(String name) throws Exception {
        Path picture = work.resolve("picture.png");
        Files.write(picture, golden("drawn-1.png"));
        Path jar = jar(name);
        // Nothing of this test's class path helps, and there is no model-store in its folder.
        assertThat(run(List.of("-jar", jar.toString(), MODEL, picture.toString())))
                .contains(
                        "main: " + PredictOne.line(MODEL, picture),
                        "pool: " + PredictOne.line(MODEL, picture));
    }

    private List<String> run(List<String> arguments) throws Exception {
        File out = work.resolve("out").toFile();
        ProcessBuilder builder = new ProcessBuilder(java());
        builder.command().addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        builder.command().addAll(List.of("-Xmx1g", "-Dai.djl.pytorch.num_threads=1"));
        builder.command().add("-Dmedzoo.cache=" + work.resolve("cache"));
        builder.command().addAll(arguments);
        builder.directory(work.toFile()).redirectErrorStream(true).redirectOutput(out);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(out.toPath());
    }

    private static Path jar(String ending) throws Exception {
        Path folder = Path.of(Objects.requireNonNull(System.getProperty("applications")));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).findAny().orElseThrow();
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static byte[] golden(String picture) throws Exception {
        String resource = "dev/medzoo/models/" + MODEL + "/golden/" + picture;
        try (var in =
                Objects.requireNonNull(
                        FatJarsTest.class.getClassLoader().getResourceAsStream(resource))) {
            return in.readAllBytes();
        }
    }
}
