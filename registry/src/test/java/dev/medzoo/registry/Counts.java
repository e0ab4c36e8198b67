package dev.medzoo.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How often a test tried what it tried, for whoever quotes it: {@code target/counts.txt}. */
final class Counts {
    private Counts() {}

    static void add(String line) throws IOException {
        Files.writeString(
                Path.of("target/counts.txt"),
                line + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
