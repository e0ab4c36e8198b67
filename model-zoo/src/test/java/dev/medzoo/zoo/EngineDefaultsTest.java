package dev.medzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program of one's own gets of DJL and the engine without asking for anything. */
@Tag("slow")
class EngineDefaultsTest {
    private Path root;

    @BeforeEach
    void publish(@TempDir Path folder) throws Exception {
        root = folder;
        TinyArtifact.store(root, "tiny/0.1.0");
    }

    private List<String> run(List<String> options, String way) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("-Dmedzoo.store=" + root);
        command.add("-Dmedzoo.cache=" + root.resolve("cache"));
        command.addAll(options);
        command.addAll(List.of(EngineProgram.class.getName(), way));
        command.add(root.resolve("tiny/0.1.0").toString());
        File out = root.resolveSibling(root.getFileName() + ".out").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("OPT_OUT_TRACKING");
        Process process = builder.redirectOutput(out).start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(out.toPath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"url", "group", "path"})
    void theEngineHasOneThreadAndNoSocketIsOpened(String way) throws Exception {
        assertThat(run(List.of(), way)).contains("finding: tiny", "threads: 1", "sockets: 0");
    }

    @Test
    void aGraphLoadsNoPyTorchAndOpensNoSocket() throws Exception {
        assertThat(run(List.of(), "graph"))
                .contains("finding: tiny", "map: gradcam", "threads: of no PyTorch", "sockets: 0");
    }

    @Test
    void aProgramMayWishForMoreThreads() throws Exception {
        assertThat(run(List.of("-Dai.djl.pytorch.num_threads=2"), "url"))
                .contains("threads: 2", "sockets: 0");
    }

    /** Proves that the count would see it. */
    @Test
    void aProgramMayHaveDjlReport() throws Exception {
        assertThat(run(List.of("-DOPT_OUT_TRACKING=false"), "url"))
                .anyMatch(line -> line.matches("sockets: [1-9].*"));
    }
}
