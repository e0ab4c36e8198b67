package dev.medzoo.serving.audit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a whole log, its rotated files and the current one. It detects changed, missing,
 * inserted, moved and repeated lines, missing, torn and renamed files, and a wrong key. It needs
 * memory for one line only.
 *
 * <p><b>What it cannot detect by itself.</b> A log truncated at the end of a line is a valid,
 * shorter log; so is an older copy of all its files, and no log at all. Only someone who knows of a
 * line that is gone can tell. So note {@link AuditReport#last} elsewhere, often, and give the
 * newest that was noted as {@code expected}: then everything up to that line is known to be there,
 * and nothing is known of what came after it.
 *
 * <p>Who has the key can make any log they like, and no check finds it.
 *
 * <p>Of a log that is being written, the last line may be half there, and a file may be put aside
 * between two looks: a fault that is gone when it is verified again was none.
 */
public final class AuditVerifier {
    private final LogFiles series;
    private final ChainCheck check;

    private AuditVerifier(Path file, ChainCheck check) {
        this.series = new LogFiles(file);
        this.check = check;
    }

    /**
     * Verifies a log from its first line.
     *
     * @param file the current one; the rotated ones lie beside it
     * @param expected a line noted earlier that must be there, or null
     * @throws NoSuchFileException when there is no file of that log
     * @throws IOException when a file cannot be read
     */
    public static AuditReport verify(Path file, AuditKey key, @Nullable ChainLink expected)
            throws IOException {
        return verify(file, key, ChainLink.START, expected);
    }

    /**
     * Verifies the log after a line, when earlier files were moved elsewhere.
     *
     * @param start the last line of the moved files, as their verification reported
     * @param expected a line noted earlier that must be there, or null
     */
    public static AuditReport verify(
            Path file, AuditKey key, ChainLink start, @Nullable ChainLink expected)
            throws IOException {
        return new AuditVerifier(file, new ChainCheck(key, start, expected)).report();
    }

    private AuditReport report() throws IOException {
        Path current = series.current();
        List<Path> files = new ArrayList<>(series.rotated());
        boolean absent = !Files.exists(current);
        if (absent && files.isEmpty()) {
            throw new NoSuchFileException(current.toString());
        }
        for (Path rotated : files) {
            read(rotated, LogFiles.firstSeq(rotated));
        }
        if (absent) {
            check.fault(current + ": absent (expected: the file that is written to)");
        } else {
            files.add(current);
            read(current, 0);
        }
        return check.report(files.size());
    }

    /**
     * @param named the number that the file's name gives its first line, or 0 when it has none
     */
    private void read(Path file, long named) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            LineReader lines = new LineReader(in);
            byte[] bytes = lines.next();
            for (long n = 1; bytes != null; n++, bytes = lines.next()) {
                if (lines.isTorn()) {
                    check.fault(
                            "%s line %d: %d bytes without a line break (expected: a complete line): a crash or a cut"
                                    .formatted(file, n, bytes.length));
                    return;
                }
                MacChain.Line line = check.take("%s line %d".formatted(file, n), bytes);
                if (n == 1 && named > 0 && line != null && line.link().seq() != named) {
                    check.fault(
                            "%s: begins with seq %d (expected: that of its name)"
                                    .formatted(file, line.link().seq()));
                }
            }
            if (lines.isEmpty()) {
                check.fault(file + ": empty (expected: at least one line)");
            }
        }
    }
}
