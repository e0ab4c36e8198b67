package dev.medzoo.training.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Options for making a data set.
 *
 * @param pictures folder with a folder per class, or a table (CSV) with a label per picture
 * @param base folder of the table's pictures; null for the table's own
 * @param columns of the table
 * @param out folder of the data set, whose name is the data set's; {@code pictures} itself to leave
 *     the pictures where they are
 * @param groupPattern regular expression that extracts a picture's group from its path: its first
 *     capturing group, or the whole match; null for none
 * @param without classes to leave out
 * @param shares of the splits
 * @param seed of the split
 * @param ignoresGiven whether to ignore an existing split of the pictures
 * @param links whether to hard-link files instead of copying: this takes no space, but a change of
 *     the original changes the data set
 */
public record InitOptions(
        Path pictures,
        @Nullable Path base,
        CsvColumns columns,
        Path out,
        @Nullable Pattern groupPattern,
        Set<String> without,
        Shares shares,
        long seed,
        boolean ignoresGiven,
        boolean links) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    public InitOptions {
        without = Set.copyOf(without);
        String name = String.valueOf(out.toAbsolutePath().normalize().getFileName());
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: %s (expected: letters, digits, '-' and '_', at most 64)"
                            .formatted(name));
        }
    }

    /** Creates the default options. */
    public static InitOptions of(Path pictures, Path out) {
        return new InitOptions(
                pictures,
                null,
                CsvColumns.GUESSED,
                out,
                null,
                Set.of(),
                Shares.USUAL,
                1,
                false,
                false);
    }

    /** Lists the pictures. */
    Listing listing() throws IOException {
        if (Files.isRegularFile(pictures)) {
            return CsvListing.of(pictures, folder(), columns);
        }
        if (base != null || !columns.equals(CsvColumns.GUESSED)) {
            throw new IllegalArgumentException(
                    "pictures: %s, a folder (expected: a table, where columns are named)"
                            .formatted(pictures));
        }
        return FolderListing.of(pictures);
    }

    /** The folder of the pictures. */
    Path folder() {
        if (base != null) {
            return base;
        }
        boolean isTable = Files.isRegularFile(pictures);
        Path parent = isTable ? pictures.toAbsolutePath().getParent() : pictures;
        return parent == null ? pictures : parent;
    }

    /** Whether the pictures stay where they are. */
    boolean isInPlace() {
        return out.toAbsolutePath().normalize().equals(folder().toAbsolutePath().normalize());
    }
}
