package dev.medzoo.translate;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of a picture for a reader: never a file on disk, never a copy. It ends a reader that
 * nobody waits for any more, and one that reads the same bytes again and again.
 */
class BytesStream extends ImageInputStreamImpl {
    /** Readers look at headers twice, and at every byte of the pixels once. */
    private static final int MOST_TIMES = 4;

    private static final int LEAST_BYTES = 1 << 20;
    private static final int BYTES_BETWEEN_CHECKS = 1 << 15;

    private final byte[] bytes;
    private final Budget budget;
    private long bytesLeft;
    private int untilCheck = BYTES_BETWEEN_CHECKS;

    BytesStream(byte[] bytes, Budget budget) {
        this.bytes = bytes;
        this.budget = budget;
        bytesLeft = (long) MOST_TIMES * bytes.length + LEAST_BYTES;
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        if (streamPos >= bytes.length) {
            return -1;
        }
        count(1);
        return bytes[(int) streamPos++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (streamPos >= bytes.length) {
            return -1;
        }
        int read = (int) Math.min(length, bytes.length - streamPos);
        count(read);
        System.arraycopy(bytes, (int) streamPos, into, offset, read);
        streamPos += read;
        return read;
    }

    private void count(int read) throws IOException {
        bytesLeft -= read;
        if (bytesLeft < 0) {
            throw new TooCostlyException(
                    "bytes that are read again and again (expected: at most %d times)"
                            .formatted(MOST_TIMES));
        }
        untilCheck -= read;
        if (untilCheck <= 0) {
            untilCheck = BYTES_BETWEEN_CHECKS;
            budget.checkWanted();
        }
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
