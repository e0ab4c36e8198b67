package dev.medzoo.batch.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Finds and reads the columns of a Parquet file that have pictures and their names. */
final class ParquetColumns {
    /** Spark's own name for a file's bytes, and Hugging Face's. */
    private static final List<String> USUAL = List.of("content", "image.bytes", "bytes");

    private static final List<String> USUAL_NAMES = List.of("path", "image.path", "file", "name");

    private ParquetColumns() {}

    static List<String> parts(String column) {
        return List.of(column.split("\\.", -1));
    }

    /** Reads what columns a file has. */
    static MessageType schema(InputFile file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(file)) {
            return reader.getFileMetaData().getSchema();
        }
    }

    /**
     * The column with bytes: the one that is named, or the usual one.
     *
     * @throws IllegalArgumentException if there is none
     */
    static String bytesColumn(MessageType schema, @Nullable String named, String file) {
        if (named != null) {
            if (!isBytes(schema, named)) {
                throw new IllegalArgumentException(
                        "--column: %s in %s (expected: a binary column of %s)"
                                .formatted(named, file, names(schema)));
            }
            return named;
        }
        return USUAL.stream()
                .filter(column -> isBytes(schema, column))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "--column: none of %s is binary in %s (expected: one of %s)"
                                                .formatted(USUAL, file, names(schema))));
    }

    /**
     * The column with names, if any.
     *
     * @throws IllegalArgumentException if the one that is named is not there
     */
    static @Nullable String nameColumn(MessageType schema, @Nullable String named, String file) {
        if (named != null && !isPlain(schema, named)) {
            throw new IllegalArgumentException(
                    "--name-column: %s in %s (expected: one of %s)"
                            .formatted(named, file, names(schema)));
        }
        return named != null
                ? named
                : USUAL_NAMES.stream()
                        .filter(column -> isText(schema, column))
                        .findFirst()
                        .orElse(null);
    }

    private static boolean isPlain(MessageType schema, String column) {
        Type type = type(schema, column);
        return type != null && type.isPrimitive() && !type.isRepetition(Type.Repetition.REPEATED);
    }

    private static boolean isBytes(MessageType schema, String column) {
        return isPlain(schema, column)
                && schema.getColumnDescription(parts(column).toArray(String[]::new))
                                .getPrimitiveType()
                                .getPrimitiveTypeName()
                        == PrimitiveTypeName.BINARY;
    }

    private static boolean isText(MessageType schema, String column) {
        Type type = type(schema, column);
        return isBytes(schema, column)
                && type != null
                && type.getLogicalTypeAnnotation()
                        instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation;
    }

    private static @Nullable Type type(MessageType schema, String column) {
        String[] path = parts(column).toArray(String[]::new);
        return schema.containsPath(path) ? schema.getType(path) : null;
    }

    private static List<String> names(MessageType schema) {
        List<String> names = new ArrayList<>();
        schema.getPaths().forEach(path -> names.add(String.join(".", path)));
        return names;
    }

    /** Only what is read of a file. */
    static MessageType projected(
            MessageType schema, List<String> column, @Nullable List<String> nameColumn) {
        Set<String> wanted = new LinkedHashSet<>();
        wanted.add(column.get(0));
        if (nameColumn != null) {
            wanted.add(nameColumn.get(0));
        }
        List<Type> fields = new ArrayList<>();
        wanted.forEach(field -> fields.add(schema.getType(field)));
        return new MessageType(schema.getName(), fields);
    }

    /** The bytes in a row; null where there are none. */
    static byte @Nullable [] bytes(Group row, List<String> column) {
        Group group = parent(row, column);
        String field = column.get(column.size() - 1);
        return group == null || group.getFieldRepetitionCount(field) == 0
                ? null
                : group.getBinary(field, 0).getBytes();
    }

    /** The text in a row; null where there is none. */
    static @Nullable String text(Group row, List<String> column) {
        Group group = parent(row, column);
        String field = column.get(column.size() - 1);
        if (group == null || group.getFieldRepetitionCount(field) == 0) {
            return null;
        }
        Type type = group.getType().getType(field);
        return type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                ? group.getString(field, 0)
                : group.getValueToString(group.getType().getFieldIndex(field), 0);
    }

    private static @Nullable Group parent(Group row, List<String> column) {
        Group group = row;
        for (String field : column.subList(0, column.size() - 1)) {
            if (group.getFieldRepetitionCount(field) == 0) {
                return null;
            }
            group = group.getGroup(field, 0);
        }
        return group;
    }
}
