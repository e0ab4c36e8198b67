package dev.medzoo.batch.slide;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.decode.TileDecoder;
import dev.medzoo.translate.decode.dicom.TiledInstance;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** A level of a DICOM slide: one file, whose frames are the tiles, row by row. */
final class DicomLevel implements Closeable {
    private static final long LONGEST_SIDE = 2_000_000;
    private static final long MOST_TILES = 1 << 22;
    private static final long ITEM = 0xe000fffeL;
    private static final long SEQUENCE_END = 0xe0ddfffeL;
    private static final int HEADER_BYTES = 8;
    private static final int MOST_BYTES_A_PIXEL = 8;
    private static final int LEAST_BYTES = 1 << 16;

    private final SlideFile file;
    private final TiledInstance instance;
    private final PictureDecoder decoder;

    /** Where each frame begins in the file; of fragments, their header. */
    private final long[] starts;

    DicomLevel(SlideFile file, TiledInstance instance) throws IOException {
        this.file = file;
        this.instance = instance;
        instance.checkReadable();
        check("columns", instance.width(), LONGEST_SIDE);
        check("rows", instance.height(), LONGEST_SIDE);
        check("tile width", instance.tileWidth(), TileDecoder.LONGEST_SIDE);
        check("tile height", instance.tileHeight(), TileDecoder.LONGEST_SIDE);
        decoder = new PictureDecoder((long) instance.tileWidth() * instance.tileHeight());
        long across = (width() + instance.tileWidth() - 1) / instance.tileWidth();
        long tiles = across * ((height() + instance.tileHeight() - 1) / instance.tileHeight());
        if (tiles > MOST_TILES || tiles != instance.frames()) {
            throw file.refused(
                    "%d frames (expected: one for each of %d tiles, at most %d)"
                            .formatted(instance.frames(), tiles, MOST_TILES));
        }
        starts = instance.isEncapsulated() ? fragments() : frames();
    }

    /** The file. */
    Path path() {
        return file.path();
    }

    private void check(String name, long value, long most) throws SlideException {
        if (value < 1 || value > most) {
            throw file.refused("%s: %d (expected: 1..%d)".formatted(name, value, most));
        }
    }

    private long[] frames() throws IOException {
        long bytes = instance.nativeBytes();
        long[] all = new long[instance.frames()];
        for (int i = 0; i < all.length; i++) {
            all[i] = instance.pixelDataAt() + i * bytes;
        }
        file.check(instance.pixelDataAt(), all.length * bytes, "its pixel data");
        return all;
    }

    /** By the extended offset table, else the basic one, else fragment by fragment. */
    private long[] fragments() throws IOException {
        long tableAt = instance.pixelDataAt();
        long tableBytes = item(tableAt, ITEM);
        long first = tableAt + HEADER_BYTES + tableBytes;
        byte[] extended = instance.extendedOffsets();
        int frames = instance.frames();
        if (extended.length > 0) {
            return offsets(extended, Long.BYTES, first);
        }
        if (tableBytes > 0) {
            long most = (long) Integer.BYTES * frames;
            if (tableBytes != most) {
                throw file.refused(
                        "basic offset table of %d bytes (expected: %d)"
                                .formatted(tableBytes, most));
            }
            byte[] table = file.read(tableAt + HEADER_BYTES, most, "the basic offset table");
            return offsets(table, Integer.BYTES, first);
        }
        long[] all = new long[frames];
        long at = first;
        for (int i = 0; i < frames; i++) {
            all[i] = at;
            at += HEADER_BYTES + item(at, ITEM);
        }
        item(at, SEQUENCE_END);
        return all;
    }

    private long[] offsets(byte[] table, int bytes, long first) throws IOException {
        if (table.length != (long) bytes * instance.frames()) {
            throw file.refused(
                    "offset table of %d bytes (expected: %d for each of %d frames)"
                            .formatted(table.length, bytes, instance.frames()));
        }
        ByteBuffer values = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
        long[] all = new long[instance.frames()];
        for (int i = 0; i < all.length; i++) {
            long offset =
                    bytes == Long.BYTES
                            ? values.getLong()
                            : Integer.toUnsignedLong(values.getInt());
            boolean isNext = i == 0 ? offset == 0 : first + offset > all[i - 1];
            if (!isNext || offset > file.length()) {
                throw file.refused(
                        "frame %d at offset %d (expected: after the one before, inside the file)"
                                .formatted(i + 1, offset));
            }
            all[i] = first + offset;
        }
        return all;
    }

    /** The length of an item that must have this tag. */
    private long item(long at, long tag) throws IOException {
        ByteBuffer head = header(at);
        long seen = Integer.toUnsignedLong(head.getInt(0));
        long length = Integer.toUnsignedLong(head.getInt(4));
        if (seen != tag) {
            throw file.refused(
                    "no %s at byte %d (expected: one for each frame)"
                            .formatted(tag == ITEM ? "fragment" : "end of the fragments", at));
        }
        file.check(at + HEADER_BYTES, length, "a fragment");
        return length;
    }

    private ByteBuffer header(long at) throws IOException {
        return ByteBuffer.wrap(file.read(at, HEADER_BYTES, "a fragment"))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    long width() {
        return instance.width();
    }

    long height() {
        return instance.height();
    }

    TiledInstance instance() {
        return instance;
    }

    /** This level, that many times coarser than the finest. */
    SlideLevel level(double downsample) {
        return new SlideLevel(
                width(), height(), instance.tileWidth(), instance.tileHeight(), downsample);
    }

    /** Decodes one tile. */
    RgbPicture tile(int column, int row) throws IOException, TranslateException {
        int across = (int) ((width() + instance.tileWidth() - 1) / instance.tileWidth());
        int index = row * across + column;
        String what = "frame " + (index + 1);
        byte[] tile =
                instance.isEncapsulated()
                        ? joined(index, what)
                        : file.read(starts[index], instance.nativeBytes(), what);
        return decoder.decode(instance.fileOf(tile));
    }

    /** All fragments of a frame, up to the next frame's or to their end. */
    private byte[] joined(int index, String what) throws IOException {
        long most =
                LEAST_BYTES
                        + (long) MOST_BYTES_A_PIXEL * instance.tileWidth() * instance.tileHeight();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        long at = starts[index];
        long end = index + 1 < starts.length ? starts[index + 1] : Long.MAX_VALUE;
        while (at < end) {
            boolean isEnd = Integer.toUnsignedLong(header(at).getInt(0)) == SEQUENCE_END;
            if (isEnd && end == Long.MAX_VALUE && all.size() > 0) {
                break;
            }
            long length = item(at, ITEM);
            if (all.size() + length > most) {
                throw file.refused(
                        "%s of over %d bytes (expected: at most as many)".formatted(what, most));
            }
            all.writeBytes(file.read(at + HEADER_BYTES, length, what));
            at += HEADER_BYTES + length;
        }
        if (end != Long.MAX_VALUE && at != end) {
            throw file.refused(
                    "%s ends at byte %d (expected: %d, where the next begins)"
                            .formatted(what, at, end));
        }
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
