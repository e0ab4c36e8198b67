package dev.medzoo.zoo.data;

import dev.medzoo.zoo.data.CsvTable.Line;
import dev.medzoo.zoo.data.PictureManifest.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a manifest as common programs write it, and reports the lines that it cannot use. */
final class ManifestCsv {
    /** Required columns; every line fills them, except that {@code label} may be empty. */
    private static final List<String> COLUMNS =
            List.of("file", "label", "split", "group", "sha256");

    private final String where;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, List<Integer>> empty = new TreeMap<>();

    /**
     * @param where which file, for messages
     */
    ManifestCsv(String where) {
        this.where = where;
    }

    /**
     * The pictures that it lists.
     *
     * @throws FaultyDataException listing all its faults
     */
    List<Row> read(byte[] bytes) throws IOException {
        CsvTable table = CsvTable.read(where, bytes);
        List<Row> rows = new ArrayList<>();
        if (!table.header().isEmpty()) {
            COLUMNS.stream()
                    .filter(column -> !table.header().contains(column))
                    .forEach(column -> faults.add(missing(table, column)));
        }
        if (table.lines().isEmpty()) {
            faults.add(where + ": no picture (expected: some)");
        } else if (faults.isEmpty()) {
            table.lines().forEach(line -> rows.add(row(line, table.header())));
        }
        empty.forEach(
                (column, where) ->
                        faults.add(at(where, "column " + column + ": empty (expected: a value)")));
        FaultyDataException.refuse(faults);
        return rows;
    }

    private String missing(CsvTable table, String column) {
        String found = "column %s: missing (expected: a value on every line)".formatted(column);
        return at(List.of(table.headerLine()), found);
    }

    private String at(List<Integer> lines, String what) {
        return "%s %s: %s".formatted(where, LineNumbers.text(lines), what);
    }

    private Row row(Line line, List<String> header) {
        for (int i = header.size(); i < line.cells().size(); i++) {
            if (!line.cells().get(i).isEmpty()) {
                String found = "%d cells (expected: at most %d, as the first line has)";
                faults.add(
                        at(
                                List.of(line.number()),
                                found.formatted(line.cells().size(), header.size())));
                break;
            }
        }
        return new Row(
                line.number(),
                filled(line, header, "file"),
                cell(line, header, "label", ""),
                filled(line, header, "split"),
                filled(line, header, "group"),
                filled(line, header, "sha256"),
                cell(line, header, "source_path"),
                cell(line, header, "note"));
    }

    private String filled(Line line, List<String> header, String column) {
        String value = cell(line, header, column, "");
        if (value.isEmpty()) {
            empty.computeIfAbsent(column, any -> new ArrayList<>()).add(line.number());
        }
        return value;
    }

    private static String cell(Line line, List<String> header, String column, String otherwise) {
        String value = cell(line, header, column);
        return value == null ? otherwise : value;
    }

    private static @Nullable String cell(Line line, List<String> header, String column) {
        int index = header.indexOf(column);
        return index < 0 || index >= line.cells().size() ? null : line.cells().get(index);
    }
}
