package dev.medzoo.zoo.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip (RFC 1952), member after member. Java's own stream calls itself for each member, so
 * that many empty ones overflow its thread's stack. What follows the last member is ignored when it
 * is no member.
 */
public final class GunzipStream extends InputStream {
    private static final int MOST_MEMBERS = 1000;
    private static final int BUFFER_BYTES = 8192;

    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final int RESERVED = 0xe0;

    /** Modification time, extra flags and operating system. */
    private static final int PASSED_OVER = 6;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 bodyCrc = new CRC32();
    private final CRC32 headerCrc = new CRC32();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private int members;
    private boolean isOver;

    /**
     * Reads nothing yet.
     *
     * @param in closed with this stream
     */
    public GunzipStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * @throws IOException when it is no gzip, is broken or cut, or has more than 1000 members
     */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (members == 0) {
            open();
        }
        while (!isOver) {
            int count = inflate(into, offset, length);
            if (count > 0) {
                return count;
            }
            checkTrailer();
            open();
        }
        return -1;
    }

    /** Goes to the body of the next member, or over the end. */
    private void open() throws IOException {
        if (!isMemberAhead()) {
            check(members > 0, "no header");
            isOver = true;
            return;
        }
        check(members < MOST_MEMBERS, "more than " + MOST_MEMBERS + " members");
        members++;
        readHeader();
        inflater.reset();
        inflater.setInput(buffer, from, to - from);
        bodyCrc.reset();
    }

    private boolean isMemberAhead() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        int count = 0;
        while (to < 3 && count >= 0) {
            count = in.read(buffer, to, buffer.length - to);
            to += Math.max(count, 0);
        }
        return to >= 3 && buffer[0] == 0x1f && buffer[1] == (byte) 0x8b && buffer[2] == DEFLATE;
    }

    private void readHeader() throws IOException {
        headerCrc.reset();
        skip(3);
        int flags = next();
        check((flags & RESERVED) == 0, "unknown flags");
        skip(PASSED_OVER);
        if ((flags & EXTRA) != 0) {
            skip(nextNumber(2));
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            int expected = (int) headerCrc.getValue() & 0xffff;
            check(nextNumber(2) == expected, "wrong CRC-16 of a header");
        }
    }

    /** At least one byte, or none at the end of the member. */
    private int inflate(byte[] into, int offset, int length) throws IOException {
        try {
            int count = inflater.inflate(into, offset, length);
            while (count == 0 && !inflater.finished()) {
                check(inflater.needsInput(), "a dictionary");
                from = to;
                fill();
                inflater.setInput(buffer, from, to - from);
                count = inflater.inflate(into, offset, length);
            }
            bodyCrc.update(into, offset, count);
            return count;
        } catch (DataFormatException e) {
            throw new ZipException("gzip: " + e.getMessage());
        }
    }

    private void checkTrailer() throws IOException {
        from = to - inflater.getRemaining();
        check(nextNumber(4) == (int) bodyCrc.getValue(), "wrong CRC-32");
        check(nextNumber(4) == (int) inflater.getBytesWritten(), "wrong length");
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        int each = next();
        while (each != 0) {
            each = next();
        }
    }

    /** Least significant byte first. */
    private int nextNumber(int bytes) throws IOException {
        int number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= next() << (8 * i);
        }
        return number;
    }

    private int next() throws IOException {
        if (from == to) {
            fill();
        }
        int next = buffer[from] & 0xff;
        from++;
        headerCrc.update(next);
        return next;
    }

    private void fill() throws IOException {
        int count = in.read(buffer, 0, buffer.length);
        if (count < 0) {
            throw new EOFException("gzip: truncated (expected: a complete member)");
        }
        from = 0;
        to = count;
    }

    private static void check(boolean isMet, String seen) throws ZipException {
        if (!isMet) {
            throw new ZipException("gzip: " + seen);
        }
    }

    @Override
    public void close() throws IOException {
        isOver = true;
        inflater.end();
        in.close();
    }
}
