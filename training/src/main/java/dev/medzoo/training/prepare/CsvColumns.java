package dev.medzoo.training.prepare;

import dev.medzoo.zoo.data.CsvTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Column names of a user's table of pictures; null for a column guessed by common names.
 *
 * @param file path of the picture, its name, or its name without the extension
 * @param label of the picture
 * @param group lesion, slide or patient; optional column
 * @param split train, val or test; optional column
 */
public record CsvColumns(
        @Nullable String file,
        @Nullable String label,
        @Nullable String group,
        @Nullable String split) {
    /** Guesses all columns. */
    public static final CsvColumns GUESSED = new CsvColumns(null, null, null, null);

    private static final List<String> FILES =
            List.of(
                    "file",
                    "filename",
                    "file_name",
                    "filepath",
                    "path",
                    "image",
                    "image_path",
                    "image_name",
                    "image_id",
                    "isic_id",
                    "img",
                    "picture");
    private static final List<String> LABELS =
            List.of("label", "class", "diagnosis", "dx", "target", "category", "finding");
    private static final List<String> GROUPS =
            List.of(
                    "group",
                    "patient",
                    "patient_id",
                    "patientid",
                    "lesion",
                    "lesion_id",
                    "subject",
                    "subject_id",
                    "case",
                    "case_id",
                    "slide",
                    "slide_id");
    private static final List<String> SPLITS = List.of("split", "set", "subset");

    /**
     * Indices of the columns in a table.
     *
     * @param group index, or -1 for none
     * @param split index, or -1 for none
     */
    record Places(int file, int label, int group, int split) {
        /** Describes the columns found, for the user to check. */
        String notes(CsvTable table) {
            return "columns: file is `%s`, label is `%s`%s%s"
                    .formatted(
                            table.header().get(file),
                            table.header().get(label),
                            group < 0 ? "" : ", group is `" + table.header().get(group) + "`",
                            split < 0 ? "" : ", split is `" + table.header().get(split) + "`");
        }
    }

    /**
     * Finds the columns.
     *
     * @throws IllegalArgumentException naming the option that selects the column
     */
    Places in(CsvTable table) {
        return new Places(
                demanded(table, "file", file, FILES),
                demanded(table, "label", label, LABELS),
                wanted(table, "group", group, GROUPS),
                wanted(table, "split", split, SPLITS));
    }

    private static int demanded(
            CsvTable table, String what, @Nullable String named, List<String> usual) {
        int found = wanted(table, what, named, usual);
        if (found < 0) {
            throw new IllegalArgumentException(
                    "%s: columns %s (expected: one of %s, or --%s-column NAME)"
                            .formatted(table.where(), table.header(), usual, what));
        }
        return found;
    }

    private static int wanted(
            CsvTable table, String what, @Nullable String named, List<String> usual) {
        if (named == null) {
            return table.column(usual);
        }
        int found = table.header().indexOf(named);
        if (found < 0) {
            throw new IllegalArgumentException(
                    "--%s-column: %s (expected: one of %s, the columns of %s)"
                            .formatted(what, named, table.header(), table.where()));
        }
        return found;
    }
}
