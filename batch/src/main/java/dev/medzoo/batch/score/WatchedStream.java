package dev.medzoo.batch.score;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Tells a file system that failed from a file that is damaged. */
final class WatchedStream extends FilterInputStream {
    private @Nullable IOException failure;

    WatchedStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** What the file system last failed with; null if it did not. */
    @Nullable IOException failure() {
        return failure;
    }
}
