package dev.medzoo.serving.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of one log: the current one, and the rotated ones, named by their first sequence
 * number.
 *
 * @param current the file that is written to
 */
record LogFiles(Path current) {
    private static final Pattern NUMBER = Pattern.compile("\\d{12,18}");

    /** Name of a rotated file. */
    Path rotated(long firstSeq) {
        return sibling(String.format(Locale.ROOT, ".%012d", firstSeq));
    }

    /** Lock file of the writing process. */
    Path lock() {
        return sibling(".lock");
    }

    /** The rotated files, oldest first. */
    List<Path> rotated() throws IOException {
        String prefix = current.getFileName() + ".";
        Path folder = current.toAbsolutePath().resolveSibling(".").normalize();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> isRotated(file, prefix))
                    .sorted(Comparator.comparingLong(LogFiles::firstSeq))
                    .toList();
        }
    }

    /** The sequence number in the name of a rotated file. */
    static long firstSeq(Path rotated) {
        String name = String.valueOf(rotated.getFileName());
        return Long.parseLong(name.substring(name.lastIndexOf('.') + 1));
    }

    private static boolean isRotated(Path file, String prefix) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(prefix) && NUMBER.matcher(name.substring(prefix.length())).matches();
    }

    private Path sibling(String suffix) {
        return current.resolveSibling(current.getFileName() + suffix);
    }
}
