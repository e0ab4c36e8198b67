package dev.medzoo.translate.decode;

import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOException;

/**
 * Header data of a JPEG embedded in another file: its size in pixels and its scans.
 *
 * @param width in pixels
 * @param height in pixels
 * @param components of a pixel
 * @param isProgressive whether scans refine each other
 */
record JpegStream(int width, int height, int components, boolean isProgressive, JpegScans scans) {
    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;

    /** Limit on segments: a reader keeps each as an object in memory. */
    private static final int MAX_SEGMENTS = 1000;

    /** Walks the segments between {@code from} and {@code limit} as libjpeg does. */
    static JpegStream of(byte[] bytes, int from, int limit) throws IOException {
        Frame frame = new Frame();
        int at = segments(bytes, from, limit, frame);
        if (!frame.isFound || at >= limit) {
            throw new IIOException("JPEG without a frame or a scan");
        }
        JpegScans scans = JpegScans.from(bytes, at, limit);
        return new JpegStream(
                frame.width, frame.height, frame.components, frame.isProgressive, scans);
    }

    /** Refuses shared tables that are a complete JPEG. */
    static void checkTables(byte[] tables) throws IOException {
        Frame frame = new Frame();
        if (segments(tables, 0, tables.length, frame) < tables.length || frame.isFound) {
            throw new IIOException("JPEGTables: a picture (expected: tables)");
        }
    }

    /**
     * A tile as a whole JPEG: the tables that it shares with others, then its own segments.
     *
     * @param tables without a picture; empty for none
     */
    static byte[] joined(byte[] tables, byte[] tile) throws IOException {
        if (tables.length == 0) {
            return tile;
        }
        checkTables(tables);
        if (tile.length < 2 || Bytes.big16(tile, 0) != (0xff00 | START_OF_IMAGE)) {
            throw new IIOException("JPEG without its first marker");
        }
        int end = tables.length;
        if (end >= 4 && Bytes.big16(tables, end - 2) == (0xff00 | END_OF_IMAGE)) {
            end -= 2;
        }
        byte[] joined = Arrays.copyOf(tables, end + tile.length - 2);
        System.arraycopy(tile, 2, joined, end, tile.length - 2);
        return joined;
    }

    /** Offset of the first scan, or {@code limit} if there is none. */
    private static int segments(byte[] bytes, int from, int limit, Frame frame) throws IOException {
        if (limit - from < 2 || Bytes.big16(bytes, from) != (0xff00 | START_OF_IMAGE)) {
            throw new IIOException("JPEG without its first marker");
        }
        int at = from + 2;
        int segments = 0;
        while (at < limit - 3) {
            int marker = bytes[at + 1] & 0xff;
            if (bytes[at] != (byte) 0xff || marker == 0xff || marker == 0) {
                at++;
            } else if (marker == END_OF_IMAGE) {
                return limit;
            } else if (marker == START_OF_SCAN) {
                return at;
            } else if (marker == 1 || (marker >= 0xd0 && marker <= START_OF_IMAGE)) {
                at += 2;
            } else {
                if (++segments > MAX_SEGMENTS) {
                    throw new TooCostlyException(
                            "more segments of a JPEG in a TIFF (expected: at most %d)"
                                    .formatted(MAX_SEGMENTS));
                }
                if (JpegFile.isFrame(marker) && !frame.isFound && at + 10 <= limit) {
                    frame.isFound = true;
                    frame.isProgressive = JpegFile.isProgressive(marker);
                    frame.height = Bytes.big16(bytes, at + 5);
                    frame.width = Bytes.big16(bytes, at + 7);
                    frame.components = bytes[at + 9] & 0xff;
                }
                at += 2 + Bytes.big16(bytes, at + 2);
            }
        }
        return limit;
    }

    private static final class Frame {
        boolean isFound;
        boolean isProgressive;
        int width;
        int height;
        int components;
    }
}
