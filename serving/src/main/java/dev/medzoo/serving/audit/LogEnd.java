package dev.medzoo.serving.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the end of an existing log. */
final class LogEnd {
    private LogEnd() {}

    /**
     * The last complete line of the newest file that has one, or {@link ChainLink#START}.
     *
     * @throws IOException when that line was changed or has another key
     */
    static ChainLink of(LogFiles series, MacChain chain) throws IOException {
        List<Path> files = new ArrayList<>(series.rotated());
        if (Files.exists(series.current())) {
            files.add(series.current());
        }
        for (int i = files.size() - 1; i >= 0; i--) {
            try (FileEnds ends = FileEnds.of(files.get(i))) {
                if (ends.completeLength() > 0) {
                    return link(ends.last(), chain, files.get(i));
                }
            }
        }
        return ChainLink.START;
    }

    private static ChainLink link(byte[] bytes, MacChain chain, Path file) throws IOException {
        MacChain.Line line = chain.read(bytes);
        if (line == null) {
            throw new IOException(
                    "%s: its last line was changed, or is of another key (expected: as it was written; see medzoo audit verify, and move the log away to start a new one)"
                            .formatted(file));
        }
        return line.link();
    }
}
