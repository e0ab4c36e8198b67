package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder of somebody's pictures to a published model, in a folder of its own. */
@Tag("slow")
class OwnDataTest {
    private static final int EACH = 16;
    private static final List<String> TO_STORE = List.of("--store", "store", "--key", "key.pem");

    @TempDir Path folder = Path.of("");

    @Test
    void threeCommandsAndAFewAnswersMakeAModelOfOnesOwnPictures() throws Exception {
        drawPhotos();

        assertThat(medzoo("data", "init", "photos", "--name", "my-moles").outLines())
                .contains("groups: 32, by near-duplicates", "data set: my-moles")
                .anyMatch(line -> line.matches("all +2. in 2. groups +.*32 in 32 groups"))
                .endsWith("next: medzoo data check my-moles", "      medzoo train --data my-moles");
        assertThat(medzoo("data", "check", "my-moles").outLines())
                .contains("pictures: width 40, height 40 pixels", "no faults: ready to train");
        assertThat(medzoo("init", "my-moles").outLines())
                .contains(
                        "recipe: my-moles.yaml, made for this data set",
                        "  name: my-moles, version 0.1.0");
        shortenRecipe();
        assertThat(medzoo("train", "--data", "my-moles").outLines())
                .contains("recipe: my-moles.yaml, which exists")
                .contains("candidate: " + Path.of("candidates", "my-moles"));
        medzoo("keys", "new", "key.pem");

        CommandRun unready = run(publish());
        assertThat(unready.exitCode()).isOne();
        assertThat(unready.errLines())
                .contains(
                        "medzoo: candidates/my-moles: not published, as the following is missing",
                        "  medzoo card candidates/my-moles \\",
                        "      --limit \"What is it known, or likely, to get wrong?\"");
        assertThat(unready.err()).doesNotContain("--data");
        assertThat(folder.resolve("store")).doesNotExist();

        answer();
        CommandRun published = run(publish());
        assertThat(published.exitCode()).as(published.err() + published.out()).isZero();
        assertThat(published.outLines())
                .contains("test has not been scored: scoring it now", "my-moles 0.1.0");
        assertThat(published.err()).contains("next: medzoo promote my-moles/0.1.0 stable");
        assertThat(
                        medzoo("predict", "my-moles/0.1.0", "photos/dark/1.png", "--store", "store")
                                .out())
                .contains("my-moles 0.1.0, sha256:");
    }

    private void drawPhotos() throws IOException {
        for (int i = 0; i < EACH; i++) {
            draw("dark", 90, i);
            draw("light", 160, i);
        }
    }

    private void draw(String label, int middle, int number) throws IOException {
        Path file = folder.resolve("photos/%s/%d.png".formatted(label, number));
        Files.createDirectories(file.getParent());
        Files.write(file, DrawnPictureSet.picture("png", 40, 40, middle, middle + number));
    }

    /** As many steps as a test needs. */
    private void shortenRecipe() throws IOException {
        Path recipe = folder.resolve("my-moles.yaml");
        String text = Files.readString(recipe);
        assertThat(text).contains("\nsteps: 600\n", "\njudgeEvery: 60\n", "  summary: \"\"\n");
        Files.writeString(
                recipe,
                text.replace("\nsteps: 600\n", "\nsteps: 20\n")
                        .replace("\njudgeEvery: 60\n", "\njudgeEvery: 10\n")
                        .replace("  summary: \"\"\n", "  summary: Light or dark noise.\n"));
    }

    private List<String> publish() {
        List<String> command = new ArrayList<>(List.of("publish", "candidates/my-moles"));
        command.addAll(TO_STORE);
        return command;
    }

    /** What the recipe does not say yet. */
    private void answer() throws Exception {
        CommandRun card =
                medzoo(
                        "card",
                        "candidates/my-moles",
                        "--intended-use",
                        "Tests of the way from pictures to a model.",
                        "--out-of-scope",
                        "All else.",
                        "--licence",
                        "CC0",
                        "--commercial-use",
                        "true",
                        "--citation",
                        "None.",
                        "--subgroups",
                        "Drawn by code.",
                        "--limit",
                        "It knows noise alone.");
        assertThat(card.outLines()).contains("Light or dark noise.").doesNotContain("not answered");
    }

    private CommandRun medzoo(String... command) throws Exception {
        CommandRun run = run(List.of(command));
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
        return run;
    }

    /** In a process of its own, whose folder is that of the pictures. */
    private CommandRun run(List<String> command) throws Exception {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        line.addAll(List.of("-Dai.djl.offline=true", "-cp"));
        line.add(System.getProperty("java.class.path"));
        line.add(Medzoo.class.getName());
        line.addAll(command);
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process =
                new ProcessBuilder(line)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new CommandRun(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
