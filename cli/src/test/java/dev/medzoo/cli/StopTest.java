package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training that is told to end, as Ctrl-C, a shutdown or a scheduler tells it. */
@Tag("slow")
class StopTest {
    private static final int SIGTERM = 128 + 15;

    @TempDir Path folder = Path.of("");

    @Test
    void trainingEndsBetweenTwoStepsAndGoesOn() throws Exception {
        DrawnPictureSet.in(folder);
        Process training = train();
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = output(training)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.contains("  val macro-F1 ")) {
                    training.toHandle().destroy(); // the process itself would close its output
                }
            }
            assertThat(training.waitFor(10, TimeUnit.MINUTES)).isTrue();
        } finally {
            training.destroyForcibly();
        }

        assertThat(training.exitValue()).isEqualTo(SIGTERM);
        assertThat(lines).noneMatch(line -> line.contains("fatal error"));
        assertThat(lines)
                .containsOnlyOnce(
                        "medzoo: stopped: to resume from the last round, run the same command with"
                                + " --resume");
        assertThat(folder.resolve("out.checkpoint")).exists();
        assertThat(folder.resolve("out")).doesNotExist();

        Process resumed = train("--resume");
        try (BufferedReader output = output(resumed)) {
            assertThat(output.lines().toList())
                    .anyMatch(line -> line.startsWith("resumed after step "));
        }
        assertThat(resumed.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(resumed.exitValue()).isZero();
        assertThat(folder.resolve("out")).isDirectory();
    }

    private Process train(String... more) throws Exception {
        String recipe = TrainedModel.RECIPE.replace("steps: 18", "steps: 90");
        recipe = recipe.replace("patience: 10", "patience: 80");
        Path file = Files.writeString(folder.resolve("recipe.yaml"), recipe);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-Dai.djl.offline=true", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(Medzoo.class.getName(), "train", "--recipe", file.toString()));
        command.addAll(List.of("--data", folder.resolve(DrawnPictureSet.NAME).toString()));
        command.addAll(List.of("--out", folder.resolve("out").toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
