package dev.medzoo.zoo.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads a CSV table as common programs write it: UTF-8, with or without a byte order mark,
 * separated by commas, semicolons or tabs, whichever the first line has. Blank lines are skipped.
 *
 * @param where which file, for messages
 * @param headerLine number of the header's line, from 1
 * @param header names of the columns; empty if the file has no line
 * @param lines all others
 */
public record CsvTable(String where, int headerLine, List<String> header, List<Line> lines) {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    public CsvTable {
        header = List.copyOf(header);
        lines = List.copyOf(lines);
    }

    /**
     * One line that is not blank.
     *
     * @param number of the line that it begins on, from 1
     * @param cells without the space around them; may be fewer or more than the header's
     */
    public record Line(int number, List<String> cells) {
        public Line {
            cells = List.copyOf(cells);
        }
    }

    /**
     * Reads one.
     *
     * @param where which file, for messages
     * @throws FaultyDataException when it is not UTF-8, or not such a table
     */
    public static CsvTable read(String where, byte[] bytes) throws IOException {
        List<Line> all = lines(where, text(where, bytes));
        return all.isEmpty()
                ? new CsvTable(where, 1, List.of(), List.of())
                : new CsvTable(
                        where, all.get(0).number(), all.get(0).cells(), all.subList(1, all.size()));
    }

    /**
     * Index of the first column with one of the names, ignoring case, or -1.
     *
     * @param names in order of preference
     */
    public int column(List<String> names) {
        for (String name : names) {
            for (int i = 0; i < header.size(); i++) {
                if (header.get(i).equalsIgnoreCase(name)) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** The cell of a column; empty if the line ends before it. */
    public static String cell(Line line, int column) {
        return column < line.cells().size() ? line.cells().get(column) : "";
    }

    /**
     * Writes a table in UTF-8, separated by commas. A cell that contains a comma, a quote or a line
     * break, or has space around it, is quoted (RFC 4180).
     *
     * @param rows the header first
     */
    public static byte[] bytes(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(row.stream().map(CsvTable::quoted).collect(Collectors.joining(",")));
            text.append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String cell) {
        boolean plain =
                cell.equals(cell.strip())
                        && cell.chars()
                                .noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static String text(String where, byte[] bytes) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new FaultyDataException(List.of(where + ": not UTF-8 (expected: UTF-8)"));
        }
    }

    private static List<Line> lines(String where, String text) throws IOException {
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
            throw new FaultyDataException(
                    List.of(
                            "%s %s: %s"
                                    .formatted(where, LineNumbers.text(List.of(number)), reason)));
        }
        return lines;
    }

    /** The separator of the header; a comma if it has none of the others. */
    private static char separator(String text) {
        String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        if (header.indexOf(',') >= 0) {
            return ',';
        }
        return header.indexOf(';') >= 0 ? ';' : header.indexOf('\t') >= 0 ? '\t' : ',';
    }
}
