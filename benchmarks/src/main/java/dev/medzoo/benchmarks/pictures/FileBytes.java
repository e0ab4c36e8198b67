package dev.medzoo.benchmarks.pictures;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/** Bytes of a file under construction, the more significant of a number first or last. */
final class FileBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final boolean isLittle;

    private FileBytes(boolean isLittle) {
        this.isLittle = isLittle;
    }

    static FileBytes big() {
        return new FileBytes(false);
    }

    static FileBytes little() {
        return new FileBytes(true);
    }

    FileBytes text(String latin1) {
        return bytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    FileBytes bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /**
     * Bytes packed as tightly as Java can.
     *
     * @param isBare without zlib's frame
     */
    FileBytes deflated(byte[] bytes, boolean isBare) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, isBare);
        deflater.setInput(bytes);
        deflater.finish();
        byte[] part = new byte[1 << 16];
        while (!deflater.finished()) {
            out.write(part, 0, deflater.deflate(part));
        }
        deflater.end();
        return this;
    }

    FileBytes zeros(long count) {
        return bytes(new byte[Math.toIntExact(count)]);
    }

    /** Bytes by their numbers. */
    FileBytes u8(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    FileBytes u16(long... values) {
        for (long value : values) {
            put(value, 2);
        }
        return this;
    }

    FileBytes u32(long... values) {
        for (long value : values) {
            put(value, 4);
        }
        return this;
    }

    private void put(long value, int bytes) {
        byte[] number = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            int shift = 8 * (isLittle ? i : bytes - 1 - i);
            number[i] = (byte) (value >> shift);
        }
        out.writeBytes(number);
    }

    int size() {
        return out.size();
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
