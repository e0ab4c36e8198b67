package dev.medzoo.translate.decode;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import javax.imageio.IIOException;

/**
 * Validates the markers of a JPEG 2000 codestream (ITU-T T.800, annex A) before decoding: its size,
 * that it is complete, and how many code blocks, precincts and tiles a decoder would keep. Markers
 * that override these for one tile or component are refused.
 */
final class Jpeg2000Header {
    /** The end marker, which a last fragment may lack. */
    private static final byte[] END_BYTES = {(byte) 0xff, (byte) 0xd9};

    private static final int SIZE = 0xff51;
    private static final int CODING = 0xff52;
    private static final int CODING_OF_COLOUR = 0xff53;
    private static final int REGION = 0xff5e;
    private static final int PROGRESSION = 0xff5f;
    private static final int PACKED_MAIN = 0xff60;
    private static final int PACKED_TILE = 0xff61;
    private static final int START_OF_TILE = 0xff90;
    private static final int PACKET = 0xff91;
    private static final int PACKET_DATA = 0xff92;
    private static final int LAST_IN_DATA = 0xff8f;
    private static final int START_OF_DATA = 0xff93;
    private static final int END = 0xffd9;
    private static final int SIZE_BYTES = 38;
    private static final int MOST_LAYERS = 128;
    private static final int MOST_LEVELS = 32;

    /** Memory of a piece of the codestream: a code block, a precinct or a tile. */
    private static final double BYTES_OF_PIECE = 400;

    private static final double BYTES_OF_LAYER = 24;
    private static final double BYTES_OF_SAMPLE = 16;
    private static final double WORK_OF_PIECE = 100;
    private static final double WORK_OF_LAYER = 20;

    /** Measured; the bytes cost most where nothing was left out. */
    private static final double WORK_OF_SAMPLE = 6;

    private static final double WORK_OF_BYTE = 16;

    private final byte[] bytes;
    private final int width;
    private final int height;
    private final int samples;
    private final boolean mayBeSubsampled;
    private boolean isSubsampled;
    private int end;
    private long tiles;
    private long tileWidth;
    private long tileHeight;
    private double pieces;
    private int layers;

    private Jpeg2000Header(
            byte[] bytes, int width, int height, int samples, boolean mayBeSubsampled) {
        this.mayBeSubsampled = mayBeSubsampled;
        this.bytes = bytes;
        this.width = width;
        this.height = height;
        this.samples = samples;
    }

    /**
     * Refuses a codestream that has another size, is truncated or costs too much.
     *
     * @param mayBeSubsampled whether samples after the first may have half as many columns or rows
     */
    static Jpeg2000Header check(
            byte[] bytes,
            int width,
            int height,
            int samples,
            boolean mayBeSubsampled,
            Budget budget)
            throws IOException {
        Jpeg2000Header header = new Jpeg2000Header(bytes, width, height, samples, mayBeSubsampled);
        int tile = header.main();
        String what =
                "JPEG 2000 of %.0f code blocks in %d layers"
                        .formatted(header.pieces, header.layers);
        double all = (double) samples * width * height;
        double ofPiece = BYTES_OF_PIECE + BYTES_OF_LAYER * header.layers;
        budget.memory(what, BYTES_OF_SAMPLE * all + ofPiece * header.pieces);
        double work = WORK_OF_PIECE + WORK_OF_LAYER * header.layers;
        budget.work(
                what, WORK_OF_SAMPLE * all + WORK_OF_BYTE * bytes.length + work * header.pieces);
        header.end = header.tiles(tile);
        return header;
    }

    /** Whether a sample has fewer columns or rows than the picture. */
    boolean isSubsampled() {
        return isSubsampled;
    }

    /** The codestream up to its last tile, with an end marker. */
    byte[] ended() {
        byte[] ended = Arrays.copyOf(bytes, end + END_BYTES.length);
        System.arraycopy(END_BYTES, 0, ended, end, END_BYTES.length);
        return ended;
    }

    /** Reads the main header; returns the offset of the first tile. */
    private int main() throws IOException {
        if (!Bytes.has(bytes, 0, "\u00ffO\u00ffQ")) {
            throw new IIOException("a frame that is not a JPEG 2000 codestream");
        }
        int at = 2;
        while (true) {
            int marker = Bytes.big16(bytes, at);
            if (marker == START_OF_TILE) {
                if (pieces == 0) {
                    throw new IIOException("JPEG 2000 without a coding style");
                }
                return at;
            }
            int length = segment(marker, at);
            if (marker == SIZE) {
                size(at + 4);
            } else if (marker == CODING) {
                coding(at + 4);
            }
            at += 2 + length;
        }
    }

    /** Returns the length of a segment, if its marker is allowed. */
    private int segment(int marker, int at) throws IOException {
        boolean isRefused =
                marker < 0xff50
                        || marker > 0xff92
                        || marker == CODING_OF_COLOUR
                        || marker == REGION
                        || marker == PROGRESSION
                        || marker == PACKED_MAIN
                        || marker == PACKED_TILE;
        if (isRefused) {
            throw new IIOException("JPEG 2000 with unsupported marker %04x".formatted(marker));
        }
        int length = Bytes.big16(bytes, at + 2);
        Bytes.check(bytes, at + 2, Math.max(2, length));
        return length;
    }

    private void size(int body) throws IOException {
        Bytes.check(bytes, body, SIZE_BYTES - 2 + 3L * samples);
        long columns = Bytes.big32(bytes, body + 2);
        long rows = Bytes.big32(bytes, body + 6);
        int count = Bytes.big16(bytes, body + 34);
        boolean isMoved = false;
        for (int at = body + 10; at < body + 34; at += at == body + 14 ? 12 : 4) {
            isMoved |= Bytes.big32(bytes, at) != 0;
        }
        if (columns != width || rows != height || count != samples || isMoved || tiles > 0) {
            throw new IIOException(
                    "JPEG 2000 of %dx%d pixels of %d samples (expected: %dx%d of %d, from 0,0)"
                            .formatted(columns, rows, count, width, height, samples));
        }
        for (int i = 0; i < samples; i++) {
            int at = body + 36 + 3 * i;
            int bits = (Bytes.at(bytes, at) & 0x7f) + 1;
            boolean isAlike = Bytes.at(bytes, at) == Bytes.at(bytes, body + 36);
            if (bits > 16 || !isAlike || !isSpaced(i, at)) {
                throw new IIOException("JPEG 2000 of unlike samples, or of more than 16 bits");
            }
        }
        tileWidth = Math.min(columns, Bytes.big32(bytes, body + 18));
        tileHeight = Math.min(rows, Bytes.big32(bytes, body + 22));
        if (tileWidth == 0 || tileHeight == 0) {
            throw new IIOException("JPEG 2000 of tiles without pixels");
        }
        tiles = parts(width, tileWidth) * parts(height, tileHeight);
        if (tiles > 0xffff) {
            throw new IIOException(
                    "JPEG 2000 of %d tiles (expected: at most 65535)".formatted(tiles));
        }
    }

    /** Whether a sample's distance in pixels, each way, is 1 or, where it may be, 2. */
    private boolean isSpaced(int sample, int at) throws IOException {
        int across = Bytes.at(bytes, at + 1);
        int down = Bytes.at(bytes, at + 2);
        isSubsampled |= across != 1 || down != 1;
        int most = mayBeSubsampled && sample > 0 ? 2 : 1;
        return across >= 1
                && across <= most
                && down >= 1
                && down <= most
                && width % across == 0
                && height % down == 0;
    }

    /** Counts the code blocks and precincts that the decoder will keep. */
    private void coding(int body) throws IOException {
        Bytes.check(bytes, body, 10);
        layers = Bytes.big16(bytes, body + 2);
        int levels = Bytes.at(bytes, body + 5);
        int blockWidth = (Bytes.at(bytes, body + 6) & 0xf) + 2;
        int blockHeight = (Bytes.at(bytes, body + 7) & 0xf) + 2;
        boolean isBlock = blockWidth <= 10 && blockHeight <= 10 && blockWidth + blockHeight <= 12;
        if (layers < 1 || layers > MOST_LAYERS || levels > MOST_LEVELS || !isBlock || pieces > 0) {
            throw new IIOException(
                    "JPEG 2000 of %d layers, %d levels, blocks of 2^%d x 2^%d (expected: 1 to %d,"
                                    .formatted(layers, levels, blockWidth, blockHeight, MOST_LAYERS)
                            + " at most %d, at most 4096 samples), once".formatted(MOST_LEVELS));
        }
        if (isSubsampled && Bytes.at(bytes, body + 4) != 0) {
            throw new IIOException(
                    "JPEG 2000 of transformed colours that are subsampled (expected: one of the two)");
        }
        boolean hasPrecincts = (Bytes.at(bytes, body) & 1) != 0;
        double each = 0;
        for (int level = 0; level <= levels; level++) {
            int size = hasPrecincts ? Bytes.at(bytes, body + 10 + level) : 0xff;
            int down = levels - Math.max(0, level - 1);
            long across = parts(tileWidth, 1L << Math.min(down, 32));
            long along = parts(tileHeight, 1L << Math.min(down, 32));
            int inBand = level == 0 ? 0 : 1;
            int precinctWidth = Math.max(0, (size & 0xf) - inBand);
            int precinctHeight = Math.max(0, (size >> 4) - inBand);
            double bands = level == 0 ? 1 : 3;
            each += grid(across, along, precinctWidth, precinctHeight);
            each +=
                    bands
                            * grid(
                                    across,
                                    along,
                                    Math.min(blockWidth, precinctWidth),
                                    Math.min(blockHeight, precinctHeight));
        }
        pieces = tiles * samples * each;
    }

    /** Pieces of a band, with one more row and column if it begins inside a piece. */
    private static double grid(long width, long height, int pieceWidth, int pieceHeight) {
        return (parts(width, 1L << pieceWidth) + 1.0) * (parts(height, 1L << pieceHeight) + 1.0);
    }

    private static long parts(long total, long part) {
        return (total + part - 1) / part;
    }

    /** Walks all parts of all tiles and refuses missing ones; returns the offset after the last. */
    private int tiles(int first) throws IOException {
        BitSet seen = new BitSet();
        int at = first;
        // A frame ends with the end marker, or with the last part, and a zero that makes it even.
        while (at + 1 < bytes.length && Bytes.big16(bytes, at) != END) {
            if (Bytes.big16(bytes, at) != START_OF_TILE) {
                throw new IIOException("JPEG 2000 with unexpected data between tiles");
            }
            int index = Bytes.big16(bytes, at + 4);
            long length = Bytes.big32(bytes, at + 6);
            long rest = length == 0 ? bytes.length - at : length;
            Bytes.check(bytes, at, rest);
            if (index >= tiles || rest < 14) {
                throw new IIOException("JPEG 2000 with tile %d of %d".formatted(index, tiles));
            }
            seen.set(index);
            tileHeader(at + 12, at + (int) rest);
            at += (int) rest;
        }
        if (seen.cardinality() != tiles) {
            throw new EOFException(
                    "JPEG 2000 with %d of its %d tiles".formatted(seen.cardinality(), tiles));
        }
        return at;
    }

    private void tileHeader(int from, int end) throws IOException {
        int at = from;
        while (Bytes.big16(bytes, at) != START_OF_DATA) {
            int marker = Bytes.big16(bytes, at);
            if (marker == CODING || marker == SIZE || marker == START_OF_TILE) {
                throw new IIOException(
                        "JPEG 2000 with unsupported marker %04x in a tile".formatted(marker));
            }
            at += 2 + segment(marker, at);
            if (at >= end) {
                throw new EOFException("JPEG 2000 tile without data");
            }
        }
        checkData(at + 2, end);
    }

    /** After 255 comes a stuffed bit, or a marker in a packet; JJ2000 loops where two follow. */
    private void checkData(int from, int end) throws IOException {
        for (int at = from; at < end; at++) {
            if (bytes[at] != (byte) 0xff) {
                continue;
            }
            int marker = at + 1 < end ? 0xff00 | (bytes[at + 1] & 0xff) : 0xffff;
            if (marker > LAST_IN_DATA && marker != PACKET && marker != PACKET_DATA) {
                throw new IIOException("JPEG 2000 with marker %04x in data".formatted(marker));
            }
        }
    }
}
