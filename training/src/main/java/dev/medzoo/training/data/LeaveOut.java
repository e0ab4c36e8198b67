package dev.medzoo.training.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.medzoo.zoo.data.PictureManifest.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of a data set that a run must not use, such as those of a test-only source, or a
 * near-duplicate of a test picture.
 *
 * @param labels whose pictures are left out
 * @param notes whose pictures are left out: first words of the manifest's notes, up to the
 *     semicolon
 * @param files that are left out, as the manifest names them
 */
public record LeaveOut(List<String> labels, List<String> notes, List<String> files) {
    /** Leaves nothing out. */
    public static final LeaveOut NOTHING = new LeaveOut(List.of(), List.of(), List.of());

    public LeaveOut {
        labels = List.copyOf(labels);
        notes = List.copyOf(notes);
        files = List.copyOf(files);
    }

    /** Creates it from a recipe, which may omit any of the three. */
    @JsonCreator
    static LeaveOut of(
            @JsonProperty("labels") @Nullable List<String> labels,
            @JsonProperty("notes") @Nullable List<String> notes,
            @JsonProperty("files") @Nullable List<String> files) {
        return new LeaveOut(
                labels == null ? List.of() : labels,
                notes == null ? List.of() : notes,
                files == null ? List.of() : files);
    }

    /** Whether a picture is used. */
    public boolean keeps(Row row) {
        return !labels.contains(row.label())
                && !notes.contains(source(row))
                && !files.contains(row.file());
    }

    /** The first word of a picture's note; empty if there is none. */
    public static String source(Row row) {
        String note = row.note() == null ? "" : row.note();
        int end = note.indexOf(';');
        return end < 0 ? note : note.substring(0, end);
    }
}
