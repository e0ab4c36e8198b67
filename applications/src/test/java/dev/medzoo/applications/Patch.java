package dev.medzoo.applications;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A unified diff that is applied by what it shows: the numbers of its lines say nothing. */
final class Patch {
    private Patch() {}

    /**
     * Changes files below a folder.
     *
     * @throws AssertionError where lines that it takes out or keeps are not there exactly once
     */
    static void apply(String diff, Path root) throws IOException {
        Path file = root;
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (String line : diff.lines().toList()) {
            if (line.startsWith("--- ") || line.startsWith("+++ ") || line.startsWith("@@ ")) {
                replace(file, before, after);
                file = line.startsWith("+++ b/") ? root.resolve(line.substring(6)) : file;
            } else {
                String text = line.isEmpty() ? "" : line.substring(1);
                if (!line.startsWith("+")) {
                    before.add(text);
                }
                if (!line.startsWith("-")) {
                    after.add(text);
                }
            }
        }
        replace(file, before, after);
    }

    private static void replace(Path file, List<String> before, List<String> after)
            throws IOException {
        if (!before.isEmpty()) {
            String text = Files.readString(file);
            String old = String.join("\n", before) + "\n";
            assertThat(text.split(Pattern.quote(old), -1))
                    .as("%s has, once:%n%s", file, old)
                    .hasSize(2);
            Files.writeString(file, text.replace(old, String.join("\n", after) + "\n"));
        }
        before.clear();
        after.clear();
    }
}
