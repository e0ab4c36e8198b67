package dev.medzoo.training.prepare;

import dev.medzoo.training.prepare.Listing.Entry;
import dev.medzoo.zoo.data.CsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lists the pictures and labels of a table. A picture is identified by its path below the folder,
 * or by its name with or without the extension if that is unique there.
 */
final class CsvListing {
    private final Path folder;
    private final CsvTable table;
    private final CsvColumns.Places places;
    private final List<Entry> files = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final Map<Path, Integer> lineOf = new HashMap<>();
    private @Nullable Map<String, List<Path>> byName;

    private CsvListing(Path folder, CsvTable table, CsvColumns.Places places) {
        this.folder = folder.toAbsolutePath().normalize();
        this.table = table;
        this.places = places;
    }

    /**
     * Reads a table.
     *
     * @param folder of its pictures
     */
    static Listing of(Path csv, Path folder, CsvColumns columns) throws IOException {
        CsvTable table = CsvTable.read(String.valueOf(csv.getFileName()), Files.readAllBytes(csv));
        CsvColumns.Places places = columns.in(table);
        CsvListing listing = new CsvListing(folder, table, places);
        for (CsvTable.Line line : table.lines()) {
            listing.add(line);
        }
        listing.files.sort(Comparator.comparing(Entry::file));
        return new Listing(listing.files, listing.leftOut, List.of(places.notes(table)));
    }

    private void add(CsvTable.Line line) throws IOException {
        String named = CsvTable.cell(line, places.file());
        String label = CsvTable.cell(line, places.label());
        String group = places.group() < 0 ? "" : CsvTable.cell(line, places.group());
        String splitCell = places.split() < 0 ? "" : CsvTable.cell(line, places.split());
        @Nullable String split = Listing.split(splitCell);
        @Nullable Path path = named.isEmpty() ? null : find(named);
        if (path == null) {
            leaveOut(line, named, "no file (expected: one file of this name in " + folder() + ")");
        } else if (label.isEmpty()) {
            leaveOut(line, named, "no label (expected: a value in every line)");
        } else if (!splitCell.isEmpty() && split == null) {
            leaveOut(line, named, "split: " + splitCell + " (expected: train, val or test)");
        } else if (lineOf.putIfAbsent(path, line.number()) != null) {
            leaveOut(line, named, "on line " + lineOf.get(path) + " too (expected: on one line)");
        } else {
            String file = Listing.slashed(folder.relativize(path));
            files.add(new Entry(path, file, label, split, group.isEmpty() ? null : group));
        }
    }

    private void leaveOut(CsvTable.Line line, String named, String reason) {
        String file = named.isEmpty() ? "(no name)" : named;
        String where = "%s line %d: ".formatted(table.where(), line.number());
        leftOut.add(new LeftOut(file, where + reason));
    }

    private String folder() {
        return String.valueOf(folder.getFileName());
    }

    private @Nullable Path find(String named) throws IOException {
        try {
            for (String each : List.of(named, named.replace('\\', '/'))) {
                Path path = folder.resolve(each).normalize();
                if (path.startsWith(folder) && Files.isRegularFile(path)) {
                    return path;
                }
            }
        } catch (InvalidPathException e) {
            return null;
        }
        Map<String, List<Path>> names = byName == null ? names() : byName;
        byName = names;
        List<Path> found = names.getOrDefault(named, List.of());
        return found.size() == 1 ? found.get(0) : null;
    }

    /** Every file by its name with and without the extension. */
    private Map<String, List<Path>> names() throws IOException {
        Map<String, List<Path>> names = new HashMap<>();
        for (Path path : FolderListing.files(folder)) {
            String name = String.valueOf(path.getFileName());
            names.computeIfAbsent(name, any -> new ArrayList<>()).add(path);
            int end = name.lastIndexOf('.');
            if (end > 0) {
                names.computeIfAbsent(name.substring(0, end), any -> new ArrayList<>()).add(path);
            }
        }
        return names;
    }
}
