package dev.medzoo.zoo.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.medzoo.zoo.data.PictureManifest.Row;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a manifest as the programs of people write it, and says which lines it cannot use. */
final class ManifestCsv {
    /** Those that every line fills, and {@code label}, which may be empty. */
    private static final List<String> COLUMNS =
            List.of("file", "label", "split", "group", "sha256");

    private static final String BYTE_ORDER_MARK = "\ufeff";

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
     * One line that is not blank.
     *
     * @param number of the line that it begins on, from 1
     * @param cells without the space around them
     */
    private record Line(int number, List<String> cells) {}

    /**
     * The pictures that it lists.
     *
     * @throws FaultyDataException telling all that is wrong with it
     */
    List<Row> read(byte[] bytes) throws IOException {
        List<Line> lines = lines(text(bytes));
        List<Row> rows = new ArrayList<>();
        if (lines.size() < 2) {
            faults.add(where + ": no picture (expected: some)");
        } else {
            Line header = lines.get(0);
            COLUMNS.stream()
                    .filter(column -> !header.cells.contains(column))
                    .forEach(column -> faults.add(missing(header, column)));
            if (faults.isEmpty()) {
                lines.subList(1, lines.size()).forEach(line -> rows.add(row(line, header.cells)));
            }
        }
        empty.forEach(
                (column, where) ->
                        faults.add(at(where, "column " + column + ": empty (expected: a value)")));
        FaultyDataException.refuse(faults);
        return rows;
    }

    private String missing(Line header, String column) {
        String found = "column %s: missing (expected: a value on every line)".formatted(column);
        return at(List.of(header.number), found);
    }

    private String at(List<Integer> lines, String what) {
        return "%s %s: %s".formatted(where, LineNumbers.text(lines), what);
    }

    private String text(byte[] bytes) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new FaultyDataException(List.of(where + ": not UTF-8 (expected: UTF-8)"));
        }
    }

    private List<Line> lines(String text) throws IOException {
        List<Line> lines = new ArrayList<>();
        int number = 1;
        try (MappingIterator<String[]> read =
                new CsvMapper()
                        .readerFor(String[].class)
                        .with(CsvParser.Feature.WRAP_AS_ARRAY)
                        .with(CsvParser.Feature.TRIM_SPACES)
                        .with(CsvSchema.emptySchema().withColumnSeparator(separator(text)))
                        .readValues(text)) {
            while (read.hasNextValue()) {
                number = read.getParser().currentLocation().getLineNr();
                List<String> cells = Arrays.asList(read.nextValue());
                if (cells.stream().anyMatch(cell -> !cell.isBlank())) {
                    lines.add(new Line(number, cells));
                }
            }
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage() + " (expected: comma-separated values)";
            throw new FaultyDataException(List.of(at(List.of(number), reason)));
        }
        return lines;
    }

    /** What divides the names of the columns: a comma, where they have none of the others. */
    private static char separator(String text) {
        String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        if (header.indexOf(',') >= 0) {
            return ',';
        }
        return header.indexOf(';') >= 0 ? ';' : header.indexOf('\t') >= 0 ? '\t' : ',';
    }

    private Row row(Line line, List<String> header) {
        for (int i = header.size(); i < line.cells.size(); i++) {
            if (!line.cells.get(i).isEmpty()) {
                String found = "%d cells (expected: at most %d, as the first line has)";
                faults.add(
                        at(
                                List.of(line.number),
                                found.formatted(line.cells.size(), header.size())));
                break;
            }
        }
        return new Row(
                line.number,
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
            empty.computeIfAbsent(column, any -> new ArrayList<>()).add(line.number);
        }
        return value;
    }

    private static String cell(Line line, List<String> header, String column, String otherwise) {
        String value = cell(line, header, column);
        return value == null ? otherwise : value;
    }

    private static @Nullable String cell(Line line, List<String> header, String column) {
        int index = header.indexOf(column);
        return index < 0 || index >= line.cells.size() ? null : line.cells.get(index);
    }
}
