package dev.medzoo.batch.slide;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;

/**
 * One directory of a TIFF or BigTIFF: numbered tags with their values. The entries are in memory;
 * values that lie elsewhere in the file are read when they are asked for, within a limit.
 */
final class TiffTags {
    private static final int BYTE = 1;
    private static final int ASCII = 2;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    private static final int UNDEFINED = 7;
    private static final int DIRECTORY = 13;
    private static final int LONG8 = 16;
    private static final int DIRECTORY8 = 18;

    private final TiffStructure tiff;
    private final ByteBuffer entries;
    private final int count;

    /**
     * @param entries of the directory, in the file's byte order
     */
    TiffTags(TiffStructure tiff, ByteBuffer entries) {
        this.tiff = tiff;
        this.entries = entries;
        count = entries.limit() / tiff.entryBytes();
    }

    /** Number of values of a tag; 0 if it is absent. */
    long count(int tag) {
        int at = entry(tag);
        long count = at < 0 ? 0 : tiff.isBig() ? entries.getLong(at + 4) : unsigned(at + 4);
        return count < 0 ? Long.MAX_VALUE : count;
    }

    boolean has(int tag) {
        return count(tag) != 0;
    }

    /** The first whole number of a tag, or the default if it is absent. */
    long number(int tag, long byDefault) throws IOException {
        return has(tag) ? numbers(tag, 1)[0] : byDefault;
    }

    /**
     * The first whole numbers of a tag.
     *
     * @param most that are read
     * @throws SlideException if its values are of another type, or beyond the end of the file
     */
    long[] numbers(int tag, int most) throws IOException {
        int size = bytesOf(type(tag));
        boolean isWhole = size > 0 && type(tag) != RATIONAL && type(tag) != ASCII;
        if (!isWhole) {
            throw tiff.file()
                    .refused(
                            "TIFF tag %d of type %d (expected: whole numbers)"
                                    .formatted(tag, type(tag)));
        }
        ByteBuffer values = values(tag, size, Math.min(most, count(tag)));
        long[] numbers = new long[values.limit() / size];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] =
                    switch (size) {
                        case 1 -> Byte.toUnsignedLong(values.get());
                        case 2 -> Short.toUnsignedLong(values.getShort());
                        case 4 -> Integer.toUnsignedLong(values.getInt());
                        default -> values.getLong();
                    };
        }
        return numbers;
    }

    /** The first fraction of a tag, if there is one. */
    OptionalDouble fraction(int tag) throws IOException {
        if (!has(tag) || type(tag) != RATIONAL) {
            return OptionalDouble.empty();
        }
        ByteBuffer value = values(tag, bytesOf(RATIONAL), 1);
        double over = Integer.toUnsignedLong(value.getInt());
        double under = Integer.toUnsignedLong(value.getInt());
        return under > 0 && over > 0 ? OptionalDouble.of(over / under) : OptionalDouble.empty();
    }

    /** A text up to its first zero, at most {@code most} bytes of it; empty if it is absent. */
    String text(int tag, int most) throws IOException {
        return text(tag, most, StandardCharsets.ISO_8859_1);
    }

    /** The same of a text in UTF-8, which OME-TIFF writes into texts of ASCII. */
    String utf8(int tag, int most) throws IOException {
        return text(tag, most, StandardCharsets.UTF_8);
    }

    private String text(int tag, int most, Charset charset) throws IOException {
        if (!has(tag) || type(tag) != ASCII) {
            return "";
        }
        ByteBuffer value = values(tag, 1, Math.min(most, count(tag)));
        String text = charset.decode(value).toString();
        int end = text.indexOf(0);
        return end < 0 ? text : text.substring(0, end);
    }

    /**
     * All bytes of a tag; none if it is absent.
     *
     * @throws SlideException if it has more than {@code most}
     */
    byte[] bytes(int tag, int most) throws IOException {
        if (!has(tag)) {
            return new byte[0];
        }
        long bytes = count(tag);
        if (bytesOf(type(tag)) != 1 || bytes > most) {
            throw tiff.file()
                    .refused(
                            "TIFF tag %d of %d values (expected: at most %d bytes)"
                                    .formatted(tag, bytes, most));
        }
        return values(tag, 1, bytes).array().clone();
    }

    private int type(int tag) {
        int at = entry(tag);
        return at < 0 ? 0 : Short.toUnsignedInt(entries.getShort(at + 2));
    }

    private static int bytesOf(int type) {
        return switch (type) {
            case BYTE, ASCII, UNDEFINED -> 1;
            case SHORT -> 2;
            case LONG, DIRECTORY -> 4;
            case RATIONAL, LONG8, DIRECTORY8 -> 8;
            default -> 0;
        };
    }

    /** The first values of a tag that is there, wherever they are. */
    private ByteBuffer values(int tag, int size, long most) throws IOException {
        int at = entry(tag) + (tiff.isBig() ? 12 : 8);
        int inPlace = tiff.isBig() ? 8 : 4;
        long all = count(tag);
        boolean isInPlace = all <= inPlace / size;
        byte[] bytes;
        if (isInPlace) {
            bytes = new byte[Math.toIntExact(most * size)];
            entries.get(at, bytes);
        } else {
            long place = tiff.isBig() ? entries.getLong(at) : unsigned(at);
            bytes = tiff.file().read(place, most * size, "values of TIFF tag " + tag);
        }
        return ByteBuffer.wrap(bytes).order(entries.order());
    }

    private long unsigned(int at) {
        return Integer.toUnsignedLong(entries.getInt(at));
    }

    /** Where the first entry of a tag begins, or -1. */
    private int entry(int tag) {
        for (int i = 0; i < count; i++) {
            int at = i * tiff.entryBytes();
            if (Short.toUnsignedInt(entries.getShort(at)) == tag) {
                return at;
            }
        }
        return -1;
    }
}
