package dev.medzoo.zoo.data;

import dev.medzoo.zoo.format.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code manifest.csv} of a folder of pictures: one line per picture, with the columns {@code
 * file}, {@code label}, {@code split}, {@code group} and {@code sha256}. Pictures of one group
 * (lesion, slide, patient, near-duplicate cluster) are not independent.
 *
 * <p>It is UTF-8, with or without a byte order mark. Commas, semicolons or tabs separate the
 * columns, whichever the first line has. Blank lines are skipped.
 *
 * @param folder that holds it, and every picture below
 * @param sha256 of the manifest itself, which contains the digest of every picture
 * @param rows at least one, in the order of the file
 */
public record PictureManifest(Path folder, String sha256, List<Row> rows) {
    /** The name of the file. */
    public static final String FILE = "manifest.csv";

    public PictureManifest {
        rows = List.copyOf(rows);
    }

    /**
     * One picture; other columns are ignored.
     *
     * @param line that it begins on, from 1
     * @param file path below the folder
     * @param label of the picture; empty if unknown
     * @param split that it is in
     * @param group that it belongs to
     * @param sha256 of the file, in lower-case hexadecimal, whatever case the file has
     * @param sourcePath picture that it was cropped from, or null
     * @param note other facts, separated by semicolons, or null
     */
    public record Row(
            int line,
            String file,
            String label,
            String split,
            String group,
            String sha256,
            @Nullable String sourcePath,
            @Nullable String note) {
        public Row {
            sha256 = sha256.toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads a folder's manifest.
     *
     * @throws NoSuchFileException when the folder or its manifest is not there
     * @throws FaultyDataException when the manifest lacks a column, has no picture, a line without
     *     a value, a duplicate file, or one outside the folder; it lists all faults
     */
    public static PictureManifest read(Path folder) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(FILE));
        List<Row> rows = new ManifestCsv(name(folder) + "/" + FILE).read(bytes);
        PictureManifest manifest = new PictureManifest(folder, Sha256.hex(bytes), rows);
        FaultyDataException.refuse(manifest.unnameable());
        List<String> faults = new ArrayList<>(manifest.outside());
        faults.addAll(manifest.repeated());
        FaultyDataException.refuse(faults);
        return manifest;
    }

    private static String name(Path folder) {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    /** Name of the folder, which names the data set. */
    public String name() {
        return name(folder);
    }

    /** Path of a picture. */
    public Path file(Row row) {
        return folder.resolve(row.file()).normalize();
    }

    /** Such as {@code moles/manifest.csv line 8}. */
    String where(int line) {
        return where(List.of(line));
    }

    /**
     * Names lines of it, such as {@code moles/manifest.csv lines 3, 7..9}.
     *
     * @param lines at least one, from 1
     */
    public String where(Collection<Integer> lines) {
        return "%s/%s %s".formatted(name(), FILE, LineNumbers.text(lines));
    }

    private List<String> unnameable() {
        List<String> faults = new ArrayList<>();
        for (Row row : rows) {
            try {
                folder.getFileSystem().getPath(row.file());
            } catch (InvalidPathException e) {
                faults.add(
                        "%s: file: %s (expected: a name that a file can have)"
                                .formatted(where(row.line()), row.file()));
            }
        }
        return faults;
    }

    private List<String> outside() {
        return rows.stream()
                .filter(row -> !file(row).startsWith(folder.normalize()))
                .map(
                        row ->
                                "%s: file: %s (expected: inside the folder)"
                                        .formatted(where(row.line()), row.file()))
                .toList();
    }

    private List<String> repeated() {
        Map<Path, Row> first = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (Row row : rows) {
            Row other = first.putIfAbsent(file(row), row);
            if (other != null) {
                faults.add(
                        "%s: file: %s is on line %d too (expected: on one line)"
                                .formatted(where(row.line()), row.file(), other.line()));
            }
        }
        return faults;
    }
}
