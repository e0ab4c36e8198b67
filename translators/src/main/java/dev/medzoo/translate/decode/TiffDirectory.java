package dev.medzoo.translate.decode;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A directory of a TIFF file (TIFF 6.0, section 2), the format of EXIF too: numbered tags with
 * their values. Values are read on demand.
 */
final class TiffDirectory {
    private static final int SUBFILE_TYPE = 254;
    private static final int OLD_SUBFILE_TYPE = 255;
    private static final int REDUCED = 1;
    private static final int MASK = 4;
    private static final int OLD_REDUCED = 2;
    private static final int ORIENTATION = 274;
    private static final int SUB_DIRECTORIES = 330;

    /** Longest side of a picture that may be an unmarked thumbnail. */
    private static final int LARGEST_THUMBNAIL = 256;

    /** Least ratio of a picture's width to its thumbnail's. */
    private static final int LEAST_RATIO = 4;

    /** Most directories that are read. */
    private static final int MAX_DIRECTORIES = 100;

    private static final int BYTE = 1;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    private static final int UNDEFINED = 7;
    private static final int ENTRY_BYTES = 12;

    private final ByteBuffer tiff;
    private final int start;
    private final int entries;

    private TiffDirectory(ByteBuffer tiff, int start, int entries) {
        this.tiff = tiff;
        this.start = start;
        this.entries = entries;
    }

    /**
     * The first directory.
     *
     * @param offset of the byte order mark, from which TIFF offsets count
     * @param length of the TIFF in bytes
     */
    static TiffDirectory of(byte[] bytes, int offset, int length) throws IOException {
        Bytes.check(bytes, offset, length);
        ByteBuffer tiff = ByteBuffer.wrap(bytes, offset, length).slice();
        boolean little = Bytes.has(bytes, offset, "II");
        tiff.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        check(tiff, 4, 4);
        return at(tiff, Integer.toUnsignedLong(tiff.getInt(4)));
    }

    private static TiffDirectory at(ByteBuffer tiff, long start) throws EOFException {
        check(tiff, start, 2);
        int entries = Short.toUnsignedInt(tiff.getShort((int) start));
        check(tiff, start + 2, (long) ENTRY_BYTES * entries);
        return new TiffDirectory(tiff, (int) start + 2, entries);
    }

    /**
     * Finds the directory of the main picture: the first, in the chain and its sub-directories,
     * that is neither marked as a reduced copy nor as a mask. If it is as small as a thumbnail and
     * far larger pictures of the same shape follow, the largest of them.
     */
    static TiffDirectory ofPicture(byte[] bytes) throws IOException {
        TiffDirectory first = of(bytes, 0, bytes.length);
        TiffDirectory next = first;
        int seen = 1;
        while (next != null && seen <= MAX_DIRECTORIES) {
            if (!next.isBesideAnother()) {
                return next.orLarger(MAX_DIRECTORIES - seen);
            }
            for (long offset : next.values(SUB_DIRECTORIES, MAX_DIRECTORIES - seen)) {
                TiffDirectory below = at(next.tiff, offset);
                seen++;
                if (!below.isBesideAnother()) {
                    return below;
                }
            }
            next = next.next();
            seen++;
        }
        return first;
    }

    /** Whether it is marked as a reduced copy or a transparency mask of another. */
    private boolean isBesideAnother() throws IOException {
        return (value(SUBFILE_TYPE, 0) & (REDUCED | MASK)) != 0
                || value(OLD_SUBFILE_TYPE, 0) == OLD_REDUCED;
    }

    private TiffDirectory orLarger(int most) {
        TiffDirectory largest = this;
        try {
            if (Math.max(width(), height()) > LARGEST_THUMBNAIL) {
                return this;
            }
            TiffDirectory later = next();
            for (int i = 0; later != null && i < most; i++) {
                if (later.width() > largest.width() && isThumbnailOf(later)) {
                    largest = later;
                }
                later = later.next();
            }
        } catch (IOException e) {
            // Later directories are malformed; the picture need not be.
            return largest;
        }
        return largest;
    }

    private boolean isThumbnailOf(TiffDirectory other) throws IOException {
        double height = (double) width() * other.height() / other.width();
        return other.width() >= LEAST_RATIO * width()
                && Math.abs(height - height()) <= 1
                && !other.isBesideAnother();
    }

    private long width() throws IOException {
        return value(TiffTags.WIDTH, 0);
    }

    private long height() throws IOException {
        return value(TiffTags.HEIGHT, 0);
    }

    private @Nullable TiffDirectory next() throws IOException {
        int end = start + ENTRY_BYTES * entries;
        check(tiff, end, 4);
        long offset = Integer.toUnsignedLong(tiff.getInt(end));
        return offset == 0 ? null : at(tiff, offset);
    }

    /** EXIF orientation, 1 to 8; upright if absent or invalid. */
    int orientation() throws IOException {
        long value = value(ORIENTATION, Orientation.UPRIGHT);
        return value >= 1 && value <= 8 ? (int) value : Orientation.UPRIGHT;
    }

    ByteOrder order() {
        return tiff.order();
    }

    /** First number of a tag, or the default if it has none. */
    long value(int tag, long other) throws IOException {
        long[] values = values(tag, 1);
        return values.length == 0 ? other : values[0];
    }

    /** Number of values of a tag; 0 if it is absent. */
    long count(int tag) {
        int at = entry(tag);
        return at < 0 ? 0 : Integer.toUnsignedLong(tiff.getInt(at + 4));
    }

    /** The first {@code most} integers of a tag; none if it has another type. */
    long[] values(int tag, int most) throws IOException {
        int at = entry(tag);
        int type = at < 0 ? 0 : Short.toUnsignedInt(tiff.getShort(at + 2));
        if (type != SHORT && type != LONG) {
            return new long[0];
        }
        int size = bytesOf(type);
        int from = place(at, size);
        long[] values = new long[(int) Math.min(most, count(tag))];
        for (int i = 0; i < values.length; i++) {
            int place = from + i * size;
            values[i] =
                    type == SHORT
                            ? Short.toUnsignedLong(tiff.getShort(place))
                            : Integer.toUnsignedLong(tiff.getInt(place));
        }
        return values;
    }

    /** Raw bytes of a tag, at most {@code most}; none if it is absent. */
    byte[] raw(int tag, int most) throws IOException {
        int at = entry(tag);
        int size = at < 0 ? 0 : bytesOf(type(tag));
        if (size == 0) {
            return new byte[0];
        }
        long bytes = size * count(tag);
        if (bytes > most) {
            throw new TooCostlyException(
                    "TIFF with %d bytes in tag %d (expected: at most %d)"
                            .formatted(bytes, tag, most));
        }
        byte[] raw = new byte[(int) bytes];
        tiff.get(place(at, size), raw);
        return raw;
    }

    /** Number of a tag's value type; 0 if the tag is absent. */
    int type(int tag) {
        int at = entry(tag);
        return at < 0 ? 0 : Short.toUnsignedInt(tiff.getShort(at + 2));
    }

    private static int bytesOf(int type) {
        return switch (type) {
            case BYTE, UNDEFINED -> 1;
            case SHORT -> 2;
            case LONG -> 4;
            case RATIONAL -> 8;
            default -> 0;
        };
    }

    /** Offset of the values of an entry, checked to lie within the file. */
    private int place(int entry, int size) throws EOFException {
        long bytes = size * Integer.toUnsignedLong(tiff.getInt(entry + 4));
        long from = bytes <= 4 ? entry + 8 : Integer.toUnsignedLong(tiff.getInt(entry + 8));
        check(tiff, from, bytes);
        return (int) from;
    }

    /** First entry of a tag with a supported value type, or -1. */
    private int entry(int tag) {
        for (int at = start; at < start + ENTRY_BYTES * entries; at += ENTRY_BYTES) {
            boolean isTag = Short.toUnsignedInt(tiff.getShort(at)) == tag;
            if (isTag && bytesOf(Short.toUnsignedInt(tiff.getShort(at + 2))) > 0) {
                return at;
            }
        }
        return -1;
    }

    private static void check(ByteBuffer tiff, long offset, long length) throws EOFException {
        if (offset + length > tiff.limit()) {
            throw new EOFException("%d bytes at %d of %d".formatted(length, offset, tiff.limit()));
        }
    }
}
