package dev.medzoo.applications;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that ran to its end.
 *
 * @param exitCode of the process
 * @param out what it printed
 * @param err what it complained about
 */
record Ran(int exitCode, String out, String err) {
    /** Where the sources are. */
    static final Path SOURCES = Path.of("..").toAbsolutePath().normalize();

    private static final long MINUTES = 10;

    /** Runs it in a folder; nothing in the environment names a store or a trust file. */
    static Ran in(Path folder, List<String> command) throws IOException, InterruptedException {
        File out = Files.createTempFile(folder, "out", ".txt").toFile();
        File err = Files.createTempFile(folder, "err", ".txt").toFile();
        Process process = builder(folder, command).redirectOutput(out).redirectError(err).start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("%s", command).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ran(process.exitValue(), text(out), text(err));
    }

    static ProcessBuilder builder(Path folder, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("MEDZOO_") || name.startsWith("SERVING_"));
        return builder;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String text(File file) throws IOException {
        return Files.readString(file.toPath(), StandardCharsets.UTF_8);
    }
}
