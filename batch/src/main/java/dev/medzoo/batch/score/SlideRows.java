package dev.medzoo.batch.score;

import dev.medzoo.batch.slide.TileGrid;
import dev.medzoo.translate.finding.ClassProbability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of slides: one for each field with tissue, and one for a slide that cannot be read. A
 * place is in pixels of the finest level.
 */
final class SlideRows {
    static final MessageType SCHEMA =
            FindingRows.schema(
                    "medzoo_fields",
                    """
                    optional int32 level;
                    optional int32 column;
                    optional int32 row;
                    optional int64 x;
                    optional int64 y;
                    optional int64 width;
                    optional int64 height;
                    optional double micrometres;
                    optional double tissue;
                    """);

    private static final SimpleGroupFactory ROWS = new SimpleGroupFactory(SCHEMA);

    private SlideRows() {}

    /** A slide that cannot be read, and why. */
    static Group unread(ScoredPicture slide, ModelSource model) {
        Group row = ROWS.newGroup();
        row.add("file", slide.file());
        FindingRows.add(row, slide, model);
        return row;
    }

    /**
     * A field.
     *
     * @param column of the grid
     * @param row of the grid
     */
    static Group field(
            ScoredPicture scored,
            TileGrid grid,
            int column,
            int row,
            double tissue,
            ModelSource model) {
        Group group = ROWS.newGroup();
        group.add("file", scored.file());
        group.add("level", grid.number());
        group.add("column", column);
        group.add("row", row);
        group.add("x", grid.finest(column));
        group.add("y", grid.finest(row));
        group.add("width", grid.finest(column + 1) - grid.finest(column));
        group.add("height", grid.finest(row + 1) - grid.finest(row));
        group.add("micrometres", grid.scale().fieldMicrometres());
        group.add("tissue", tissue);
        FindingRows.add(group, scored, model);
        return group;
    }

    /**
     * A row as it is read again.
     *
     * @param column of the grid; -1 if it is of a slide that cannot be read
     * @param row of the grid
     * @param label of the most probable class; null if there is no finding
     * @param error why; null if there is one
     */
    record Read(
            int column,
            int row,
            @Nullable String label,
            List<ClassProbability> probabilities,
            boolean abstained,
            boolean unlikeTraining,
            @Nullable String error) {
        Read {
            probabilities = List.copyOf(probabilities);
        }
    }

    /** Reads a part's rows. */
    static List<Read> read(Path file, FileSystems files) throws IOException {
        List<Read> rows = new ArrayList<>();
        try (ParquetReader<Group> reader =
                new GroupReaderBuilder(HadoopInputFile.fromPath(file, files.configuration()))
                        .withConf(files.configuration())
                        .build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                rows.add(read(row));
            }
        }
        return rows;
    }

    private static Read read(Group row) {
        List<ClassProbability> all = new ArrayList<>();
        if (has(row, "probabilities")) {
            Group pairs = row.getGroup("probabilities", 0);
            for (int i = 0; i < pairs.getFieldRepetitionCount("key_value"); i++) {
                Group pair = pairs.getGroup("key_value", i);
                all.add(new ClassProbability(pair.getString("key", 0), pair.getDouble("value", 0)));
            }
        }
        return new Read(
                has(row, "column") ? row.getInteger("column", 0) : -1,
                has(row, "row") ? row.getInteger("row", 0) : -1,
                has(row, "label") ? row.getString("label", 0) : null,
                all,
                has(row, "abstained") && row.getBoolean("abstained", 0),
                has(row, "unlikeTraining") && row.getBoolean("unlikeTraining", 0),
                has(row, "error") ? row.getString("error", 0) : null);
    }

    private static boolean has(Group row, String column) {
        return row.getFieldRepetitionCount(column) > 0;
    }
}
