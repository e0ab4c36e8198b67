package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the launcher makes the archive of classes, and when it maps one. */
class LauncherArchiveTest {
    private static final String PREPARING = "medzoo: preparing faster starts, this once";

    @TempDir private Path temp = Path.of("");
    private Path target = Path.of("");
    private Path bin = Path.of("");

    /** Sources that are built, and a Java that says what it is asked. */
    @BeforeEach
    void prepare() throws IOException {
        temp = temp.toRealPath();
        bin = Files.createDirectory(temp.resolve("bin"));
        target = Files.createDirectories(temp.resolve("cli/target"));
        Files.createDirectory(target.resolve("lib"));
        Files.writeString(target.resolve("medzoo-cli.jar"), "a jar");
        Files.copy(Path.of("../medzoo"), temp.resolve("medzoo"));
        java(
                "case \"$1\" in -XX:ArchiveClassesAtExit=*)",
                "    echo classes > \"${1#*=}\"; exit ;;",
                "esac",
                "echo \"$@\"");
    }

    private void java(String... lines) throws IOException {
        Path java =
                Files.writeString(
                        bin.resolve("java"), "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> start(String... variables) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("sh", temp.resolve("medzoo").toString(), "list")
                        .redirectErrorStream(true);
        builder.environment().remove("MEDZOO_CLASSES");
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        for (String each : variables) {
            String[] parts = each.split("=", 2);
            builder.environment().put(parts[0], parts[1]);
        }
        Process process = builder.start();
        byte[] said = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return new String(said, StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void theFirstStartMakesAnArchiveAndAllMapIt() throws Exception {
        List<String> first = start();
        List<String> second = start();

        assertThat(first).hasSize(2).first().isEqualTo(PREPARING);
        assertThat(first.get(1)).contains("-XX:SharedArchiveFile=" + target + "/classes-");
        assertThat(second).containsExactly(first.get(1));
    }

    @Test
    void aStartAfterABuildMakesAnother() throws Exception {
        start();
        Path jar = Files.writeString(target.resolve("lib/some.jar"), "another jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(start()).first().isEqualTo(PREPARING);
    }

    @Test
    void whatCannotBeMadeIsTriedOnce() throws Exception {
        java("case \"$1\" in -XX:ArchiveClassesAtExit=*) exit 1 ;; esac", "echo \"$@\"");

        List<String> first = start();
        List<String> second = start();

        assertThat(first).hasSize(2).first().isEqualTo(PREPARING);
        assertThat(second).hasSize(1).first().asString().doesNotContain("SharedArchive");
    }

    @Test
    void noneIsMadeForWhoWantsNone() throws Exception {
        List<String> said = start("MEDZOO_CLASSES=");

        assertThat(said).hasSize(1).first().asString().doesNotContain("SharedArchive");
        assertThat(target).isDirectoryNotContaining("glob:**.jsa");
    }

    @Test
    void anArchiveMayLieElsewhere() throws Exception {
        Path file = temp.resolve("other.jsa");

        List<String> said = start("MEDZOO_CLASSES=" + file);

        assertThat(said.get(1)).contains("-XX:SharedArchiveFile=" + file + " ");
        assertThat(file).exists();
    }

    @Test
    void aFolderWithoutSparkIsNamed() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("sh", temp.resolve("medzoo").toString(), "score")
                        .redirectErrorStream(true);
        builder.environment().put("MEDZOO_CLASSES", "");
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().put("SPARK_HOME", temp.toString());
        Process process = builder.start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "medzoo: SPARK_HOME: %s (expected: the folder of Spark 4, with jars/spark-sql_*.jar)\n"
                                .formatted(temp));
        assertThat(process.waitFor()).isEqualTo(1);
    }
}
