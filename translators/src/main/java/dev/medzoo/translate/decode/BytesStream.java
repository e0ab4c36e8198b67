package dev.medzoo.translate.decode;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * An input stream of a picture's bytes in memory, without a copy or a file on disk. A head may
 * replace the first bytes, and a tail may follow the last. It stops a reader whose caller no longer
 * waits, and one that reads the same bytes again and again.
 */
class BytesStream extends ImageInputStreamImpl {
    /** Limit on reading each byte, on average. Readers read headers twice and pixel data once. */
    private static final int MOST_TIMES = 4;

    private static final int LEAST_BYTES = 1 << 20;
    private static final int BYTES_BETWEEN_CHECKS = 1 << 15;

    private final byte[] head;
    private final byte[] bytes;
    private final byte[] tail;
    private final Budget budget;
    private long bytesLeft;
    private int untilCheck = BYTES_BETWEEN_CHECKS;

    /**
     * @param head replaces as many of the first {@code bytes}
     * @param tail appended after them
     */
    BytesStream(byte[] head, byte[] bytes, byte[] tail, Budget budget) {
        this.head = head;
        this.bytes = bytes;
        this.tail = tail;
        this.budget = budget;
        bytesLeft = MOST_TIMES * length() + LEAST_BYTES;
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        if (streamPos >= length()) {
            return -1;
        }
        count(1);
        int value = part()[inPart()] & 0xff;
        streamPos++;
        return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (streamPos >= length()) {
            return -1;
        }
        int end = streamPos < head.length ? head.length : part().length;
        int read = Math.min(length, end - inPart());
        count(read);
        System.arraycopy(part(), inPart(), into, offset, read);
        streamPos += read;
        return read;
    }

    private byte[] part() {
        if (streamPos < head.length) {
            return head;
        }
        return streamPos < bytes.length ? bytes : tail;
    }

    private int inPart() {
        return (int) (streamPos < bytes.length ? streamPos : streamPos - bytes.length);
    }

    private void count(int read) throws IOException {
        bytesLeft -= read;
        if (bytesLeft < 0) {
            throw new TooCostlyException(
                    "bytes that are read too often (expected: at most %d times)"
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
        return (long) bytes.length + tail.length;
    }
}
