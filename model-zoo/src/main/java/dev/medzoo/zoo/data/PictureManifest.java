package dev.medzoo.zoo.data;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.medzoo.zoo.format.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The {@code manifest.csv} of a folder of pictures: a line a picture, with the columns {@code
 * file}, {@code label}, {@code split}, {@code group} and {@code sha256}. Pictures of one group
 * (lesion, slide, patient, near-duplicate cluster) are not independent.
 *
 * @param folder that holds it, and every picture below
 * @param sha256 of the manifest itself, which holds the digest of every picture
 * @param rows at least one, in the order of the file
 */
public record PictureManifest(Path folder, String sha256, List<Row> rows) {
    /** The name of the file. */
    public static final String FILE = "manifest.csv";

    public PictureManifest {
        rows = List.copyOf(rows);
    }

    /**
     * One picture; other columns are for people.
     *
     * @param file path below the folder
     * @param label of the picture
     * @param split that it is in
     * @param group that it belongs to
     * @param sha256 of the file, in hexadecimal
     * @param sourcePath picture that it was cut from, or null
     * @param note what else is known of it, in words divided by semicolons, or null
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Row(
            String file,
            String label,
            String split,
            String group,
            String sha256,
            @JsonProperty("source_path") @Nullable String sourcePath,
            @Nullable String note) {
        public Row {
            given("file", file);
            given("label", label);
            given("split", split);
            given("group", group);
            given("sha256", sha256);
        }

        private static void given(String column, @Nullable String value) {
            if (value == null) {
                throw new IllegalArgumentException(
                        "column " + column + ": missing (expected: a value on every line)");
            }
        }
    }

    /**
     * Reads a folder's manifest.
     *
     * @throws NoSuchFileException when the folder or its manifest is not there
     * @throws IllegalArgumentException when the manifest lacks a column, has no line, or names a
     *     file outside the folder
     */
    public static PictureManifest read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        byte[] bytes = Files.readAllBytes(file);
        PictureManifest manifest =
                new PictureManifest(folder, Sha256.hex(bytes), rows(bytes, file));
        for (Row row : manifest.rows) {
            if (!manifest.file(row).startsWith(folder.normalize())) {
                throw new IllegalArgumentException(
                        file + ": file: " + row.file() + " (expected: inside the folder)");
            }
        }
        return manifest;
    }

    /** Where a picture lies. */
    public Path file(Row row) {
        return folder.resolve(row.file()).normalize();
    }

    /**
     * What is wrong with a split: every group that stands on two sides of it.
     *
     * @param rows of one manifest or of several
     */
    public static List<String> sharedGroups(List<Row> rows) {
        Map<String, TreeSet<String>> sides = new TreeMap<>();
        for (Row row : rows) {
            sides.computeIfAbsent(row.group(), group -> new TreeSet<>()).add(row.split());
        }
        return sides.entrySet().stream()
                .filter(each -> each.getValue().size() > 1)
                .map(each -> each.getKey() + " in " + String.join(" and ", each.getValue()))
                .map(shared -> "group: %s (expected: in one split)".formatted(shared))
                .toList();
    }

    private static List<Row> rows(byte[] bytes, Path file) throws IOException {
        CsvSchema header = CsvSchema.emptySchema().withHeader();
        try (MappingIterator<Row> rows =
                new CsvMapper().readerFor(Row.class).with(header).readValues(bytes)) {
            List<Row> all = rows.readAll();
            if (all.isEmpty()) {
                throw new IllegalArgumentException(file + ": no picture (expected: some)");
            }
            return all;
        } catch (JsonProcessingException e) {
            Throwable said = e instanceof ValueInstantiationException ? e.getCause() : null;
            throw new IllegalArgumentException(
                    file + ": " + (said == null ? e.getOriginalMessage() : said.getMessage()), e);
        }
    }
}
