package dev.medzoo.training.prepare;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pictures that a person has, before any is read.
 *
 * @param files in the order of their names
 * @param leftOut files that cannot be used
 * @param told what was found out about the listing, a sentence each
 */
record Listing(List<Entry> files, List<LeftOut> leftOut, List<String> told) {
    /** What people call the sides of a split. */
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
        told = List.copyOf(told);
    }

    /**
     * One picture.
     *
     * @param path of the file
     * @param file path below the folder of the pictures, with {@code /}
     * @param label of the picture
     * @param split that its owner put it in: {@code train}, {@code val} or {@code test}; null where
     *     nobody did
     * @param group that its owner says it belongs to; null where nobody does
     */
    record Entry(
            Path path, String file, String label, @Nullable String split, @Nullable String group) {}

    /** The side of a split that a name means, or null where it means none. */
    static @Nullable String split(String name) {
        return SPLITS.get(name.strip().toLowerCase(Locale.ROOT));
    }
}
