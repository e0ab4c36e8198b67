package dev.medzoo.serving.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines as bytes. Of an overlong line only the beginning is kept. */
final class LineReader {
    private final InputStream in;
    private boolean torn;
    private boolean empty = true;

    /**
     * @param in buffered
     */
    LineReader(InputStream in) {
        this.in = in;
    }

    /** The next line without its line break, or null at the end. */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        int next = in.read();
        if (next < 0) {
            return null;
        }
        empty = false;
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() < MacChain.MOST_BYTES) {
                line.write(next);
            }
        }
        torn = next < 0;
        return line.toByteArray();
    }

    /** Whether the last line had no line break. */
    boolean isTorn() {
        return torn;
    }

    boolean isEmpty() {
        return empty;
    }
}
