package dev.medzoo.training.prepare;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of the user's pictures before any is read.
 *
 * @param files sorted by name
 * @param leftOut unusable files
 * @param notes remarks about the listing, a sentence each
 */
record Listing(List<Entry> files, List<LeftOut> leftOut, List<String> notes) {
    /** Common names of the splits. */
    private static final Map<String, String> SPLITS =
            Map.of(
                    "train", "train",
                    "training", "train",
                    "val", "val",
                    "valid", "val",
                    "validation", "val",
                    "dev", "val",
                    "test", "test",
                    "testing", "test");

    Listing {
        files = List.copyOf(files);
        leftOut = List.copyOf(leftOut);
        notes = List.copyOf(notes);
    }

    /**
     * One picture.
     *
     * @param path of the file
     * @param file path below the folder of the pictures, with {@code /}
     * @param label of the picture
     * @param split given by its owner: {@code train}, {@code val} or {@code test}; null if none
     * @param group given by its owner; null if none
     */
    record Entry(
            Path path, String file, String label, @Nullable String split, @Nullable String group) {}

    /** A path with {@code /}. A backslash may be part of a name where it separates none. */
    static String slashed(Path path) {
        return path.toString().replace(File.separatorChar, '/');
    }

    /** The split that a name means, or null. */
    static @Nullable String split(String name) {
        return SPLITS.get(name.strip().toLowerCase(Locale.ROOT));
    }
}
