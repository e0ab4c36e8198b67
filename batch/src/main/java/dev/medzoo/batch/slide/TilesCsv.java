package dev.medzoo.batch.slide;

import dev.medzoo.translate.finding.Finding;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * {@code tiles.csv}: a line for each field with tissue, its place in pixels of the finest level.
 */
final class TilesCsv {
    private static final String HEAD =
            "column,row,x,y,width,height,tissue,label,probability,abstained,unlike_training";

    private TilesCsv() {}

    static Path write(SlideResult result, Path file) throws IOException {
        TileFindings findings = result.findings();
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW)) {
            out.write(HEAD);
            for (String label : findings.labels()) {
                out.write("," + quoted("p_" + label));
            }
            out.write(",notice\n");
            for (int i = 0; i < findings.count(); i++) {
                out.write(line(findings, i, result.grid()));
            }
        }
        return file;
    }

    private static String line(TileFindings findings, int tile, TileGrid grid) {
        int column = findings.column(tile);
        int row = findings.row(tile);
        long x = grid.finest(column);
        long y = grid.finest(row);
        int best = findings.best(tile);
        StringBuilder line = new StringBuilder(160);
        line.append(column).append(',').append(row);
        line.append(',').append(x).append(',').append(y);
        line.append(',').append(grid.finest(column + 1) - x);
        line.append(',').append(grid.finest(row + 1) - y);
        line.append(',').append(String.format(Locale.ROOT, "%.4f", findings.tissue(tile)));
        line.append(',').append(quoted(findings.labels().get(best)));
        line.append(',').append(share(findings.probability(tile, best)));
        line.append(',').append(findings.abstained(tile));
        line.append(',').append(findings.isUnlikeTraining(tile));
        for (int label = 0; label < findings.labels().size(); label++) {
            line.append(',').append(share(findings.probability(tile, label)));
        }
        return line.append(',').append(quoted(Finding.NOTICE)).append('\n').toString();
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.6f", share);
    }

    /** As RFC 4180 has it; a field that a spreadsheet would compute is made a text. */
    private static String quoted(String text) {
        String safe = text.matches("[=+\\-@\t\r].*") ? "'" + text : text;
        boolean isPlain = safe.chars().noneMatch(each -> ",\"\r\n".indexOf(each) >= 0);
        return isPlain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
