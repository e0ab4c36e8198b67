package dev.medzoo.batch.score;

import dev.medzoo.zoo.format.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the input. They follow from the files alone, their names and lengths: a run that
 * goes on finds the same ones, on whatever machines it is.
 *
 * @param parts in the order of their files
 */
record InputPlan(List<InputPart> parts) {
    /** Parts into which picture files are cut, if each then has enough and not too many. */
    private static final int USUAL_PARTS = 32;

    private static final int LEAST_FILES = 16;
    private static final int MOST_FILES = 1000;
    private static final long MOST_BYTES = 256L << 20;

    /** A row group of Parquet is usually as long. */
    private static final long RANGE_BYTES = 128L << 20;

    InputPlan {
        parts = List.copyOf(parts);
    }

    /**
     * Cuts the input in parts.
     *
     * @param found every file with its length, by location
     * @throws IllegalArgumentException if a Parquet file has no such columns
     */
    static InputPlan of(
            SortedMap<String, Long> found,
            FileSystems files,
            @Nullable String column,
            @Nullable String nameColumn)
            throws IOException {
        List<InputPart.InputFile> pictures = new ArrayList<>();
        List<InputPart> others = new ArrayList<>();
        for (var each : found.entrySet()) {
            InputPart.InputFile file = new InputPart.InputFile(each.getKey(), each.getValue());
            String name = each.getKey().toLowerCase(Locale.ROOT);
            if (name.matches(".*\\.(tar|tar\\.gz|tgz)")) {
                others.add(new InputPart.TarShard(file));
            } else if (name.endsWith(".parquet")) {
                others.addAll(ranges(file, files, column, nameColumn));
            } else {
                pictures.add(file);
            }
        }
        List<InputPart> parts = new ArrayList<>(groups(pictures));
        parts.addAll(others);
        return new InputPlan(parts);
    }

    private static List<InputPart> groups(List<InputPart.InputFile> pictures) {
        int most =
                Math.min(
                        MOST_FILES,
                        Math.max(LEAST_FILES, (pictures.size() + USUAL_PARTS - 1) / USUAL_PARTS));
        List<InputPart> parts = new ArrayList<>();
        List<InputPart.InputFile> group = new ArrayList<>();
        long bytes = 0;
        for (InputPart.InputFile picture : pictures) {
            if (!group.isEmpty()
                    && (group.size() == most || bytes + picture.bytes() > MOST_BYTES)) {
                parts.add(new InputPart.Pictures(group));
                group = new ArrayList<>();
                bytes = 0;
            }
            group.add(picture);
            bytes += picture.bytes();
        }
        if (!group.isEmpty()) {
            parts.add(new InputPart.Pictures(group));
        }
        return parts;
    }

    private static List<InputPart> ranges(
            InputPart.InputFile file,
            FileSystems files,
            @Nullable String column,
            @Nullable String nameColumn)
            throws IOException {
        MessageType schema;
        try {
            TableFile table = new TableFile(file.location(), files);
            try {
                schema = ParquetColumns.schema(table);
            } catch (IOException | RuntimeException e) {
                return List.of(new InputPart.UnreadTable(file, table.reason(e)));
            }
        } catch (IOException e) {
            if (PictureFiles.isLasting(file.location(), e)) {
                return List.of(new InputPart.UnreadTable(file, PictureFiles.reason(e)));
            }
            throw new IOException(
                    "--in: %s: %s (expected: a file system that answers)"
                            .formatted(file.location(), e.getMessage()),
                    e);
        }
        String bytes = ParquetColumns.bytesColumn(schema, column, file.location());
        String names = ParquetColumns.nameColumn(schema, nameColumn, file.location());
        List<InputPart> parts = new ArrayList<>();
        for (long start = 0; start < file.bytes(); start += RANGE_BYTES) {
            parts.add(
                    new InputPart.ParquetRange(
                            file,
                            start,
                            Math.min(file.bytes(), start + RANGE_BYTES),
                            bytes,
                            names));
        }
        return parts;
    }

    /** Picture files, and archives and tables of which nobody knows yet how many are in them. */
    String describe() {
        long pictures = 0;
        long others = 0;
        for (InputPart part : parts) {
            if (part instanceof InputPart.Pictures some) {
                pictures += some.files().size();
            } else {
                others++;
            }
        }
        return others == 0
                ? "%d pictures".formatted(pictures)
                : "%d pictures and %d archives or ranges of tables".formatted(pictures, others);
    }

    /** Tells two inputs apart: names, lengths, and how they are cut. */
    String digest() {
        StringBuilder digests = new StringBuilder();
        for (InputPart part : parts) {
            String lines = String.join("\n", part.lines());
            digests.append(Sha256.hex(lines.getBytes(StandardCharsets.UTF_8))).append('\n');
        }
        return Sha256.digest(digests.toString().getBytes(StandardCharsets.UTF_8));
    }
}
