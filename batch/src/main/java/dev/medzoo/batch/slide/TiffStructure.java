package dev.medzoo.batch.slide;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The structure of a TIFF or BigTIFF file: byte order, width of its offsets, and the chain of its
 * directories. A chain that is too long or leads back into itself is refused.
 */
final class TiffStructure {
    private static final int HEADER_BYTES = 16;
    private static final int CLASSIC = 42;
    private static final int BIG = 43;

    /** A slide has a dozen, most of them levels. */
    private static final int MOST_DIRECTORIES = 256;

    private static final int MOST_ENTRIES = 1024;

    private final SlideFile file;
    private final ByteOrder order;
    private final boolean isBig;
    private final long first;
    private final Set<Long> seen = new HashSet<>();

    private TiffStructure(SlideFile file, ByteBuffer header, boolean isBig) {
        this.file = file;
        this.isBig = isBig;
        order = header.order();
        first = isBig ? header.getLong(8) : Integer.toUnsignedLong(header.getInt(4));
    }

    /** Whether a file begins as a TIFF or BigTIFF. */
    static boolean begins(byte[] start) {
        return start.length >= 4 && version(start) > 0;
    }

    private static int version(byte[] start) {
        boolean isLittle = start[0] == 'I' && start[1] == 'I' && start[3] == 0;
        boolean isLarge = start[0] == 'M' && start[1] == 'M' && start[2] == 0;
        int version = isLittle ? start[2] : isLarge ? start[3] : 0;
        return version == CLASSIC || version == BIG ? version : 0;
    }

    /** Reads the header of a file that {@link #begins} as one. */
    static TiffStructure of(SlideFile file) throws IOException {
        byte[] start = file.read(0, Math.min(HEADER_BYTES, file.length()), "the TIFF header");
        boolean isBig = version(start) == BIG;
        if (start.length < (isBig ? HEADER_BYTES : HEADER_BYTES / 2)) {
            throw file.refused("truncated: a TIFF of %d bytes".formatted(start.length));
        }
        ByteBuffer header = ByteBuffer.wrap(start);
        header.order(start[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (isBig && header.getShort(4) != Long.BYTES) {
            throw file.refused(
                    "BigTIFF with offsets of %d bytes (expected: 8)".formatted(header.getShort(4)));
        }
        return new TiffStructure(file, header, isBig);
    }

    /** Reads the entries of all directories of the chain, once. */
    List<TiffTags> directories() throws IOException {
        List<TiffTags> all = new ArrayList<>();
        long at = first;
        while (at != 0) {
            checkNew(at);
            at = directory(at, all);
        }
        if (all.isEmpty()) {
            throw file.refused("TIFF without a directory (expected: at least one)");
        }
        return all;
    }

    /** Reads the entries of the directories that one names as below it, as OME-TIFF has levels. */
    List<TiffTags> below(TiffTags directory) throws IOException {
        List<TiffTags> all = new ArrayList<>();
        if (directory.has(TiffTag.SUB_DIRECTORIES)) {
            for (long at : directory.numbers(TiffTag.SUB_DIRECTORIES, MOST_DIRECTORIES + 1)) {
                checkNew(at);
                directory(at, all);
            }
        }
        return all;
    }

    private void checkNew(long at) throws SlideException {
        if (seen.size() == MOST_DIRECTORIES || !seen.add(at)) {
            throw file.refused(
                    "TIFF directory %d at %d (expected: at most %d, none of them twice)"
                            .formatted(seen.size(), at, MOST_DIRECTORIES));
        }
    }

    /** Reads the entries of one directory; returns where the next begins, or 0. */
    private long directory(long at, List<TiffTags> into) throws IOException {
        int head = isBig ? Long.BYTES : Short.BYTES;
        String what = "TIFF directory " + into.size();
        ByteBuffer start = read(at, head, what);
        long entries = isBig ? start.getLong(0) : Short.toUnsignedLong(start.getShort(0));
        if (entries < 1 || entries > MOST_ENTRIES) {
            throw file.refused(
                    "%s of %d tags (expected: 1..%d)".formatted(what, entries, MOST_ENTRIES));
        }
        int bytes = (int) entries * entryBytes();
        into.add(new TiffTags(this, read(at + head, bytes, what)));
        int width = isBig ? Long.BYTES : Integer.BYTES;
        ByteBuffer next = read(at + head + bytes, width, what);
        return isBig ? next.getLong(0) : Integer.toUnsignedLong(next.getInt(0));
    }

    private ByteBuffer read(long at, int bytes, String what) throws IOException {
        return ByteBuffer.wrap(file.read(at, bytes, what)).order(order);
    }

    SlideFile file() {
        return file;
    }

    boolean isBig() {
        return isBig;
    }

    int entryBytes() {
        return isBig ? 20 : 12;
    }
}
