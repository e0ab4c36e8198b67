package dev.medzoo.translate.decode;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.IIOException;

/**
 * Layout of a TIFF's pixels: strips of full width, or tiles. A file with too many of them, or with
 * two that overlap, is refused.
 */
final class TiffLayout {
    /** Most strips without lengths: to bound each, all others are compared. */
    private static final int MOST_WITHOUT_LENGTH = 10_000;

    /** JPEG codes whole MCUs. */
    private static final int BLOCK = 16;

    /** Memory that the reader takes to describe a sample of a pixel. */
    private static final double BYTES_OF_SAMPLE = 16;

    /** Horizontal differencing; the next predictor is for floating-point samples. */
    private static final int LAST_PREDICTOR = 2;

    private final TiffDirectory tags;
    private final long width;
    private final long height;
    private final long tileWidth;
    private final long tileHeight;
    private final boolean isTiled;
    private final long compression;
    private final int planes;
    private final double pixelBits;
    private final int tiles;
    private long[] offsets = new long[0];
    private long[] lengths = new long[0];

    private TiffLayout(TiffDirectory tags, Budget budget) throws IOException {
        this.tags = tags;
        width = tags.value(TiffTags.WIDTH, 0);
        height = tags.value(TiffTags.HEIGHT, 0);
        if (width < 1 || height < 1) {
            throw new IIOException("%dx%d pixels".formatted(width, height));
        }
        budget.pixels(width, height);
        isTiled = tags.count(TiffTags.TILE_OFFSETS) > 0;
        tileWidth = tags.value(TiffTags.TILE_WIDTH, width);
        tileHeight =
                tags.value(
                        TiffTags.TILE_HEIGHT,
                        Math.min(height, tags.value(TiffTags.ROWS_PER_STRIP, height)));
        if (tileWidth < 1 || tileHeight < 1) {
            throw new IIOException("tiles of %dx%d pixels".formatted(tileWidth, tileHeight));
        }
        budget.pixels(tileWidth, tileHeight);
        compression = tags.value(TiffTags.COMPRESSION, TiffTags.UNCOMPRESSED);
        long samples = tags.value(TiffTags.SAMPLES_PER_PIXEL, 1);
        budget.memory("TIFF of %d samples a pixel".formatted(samples), BYTES_OF_SAMPLE * samples);
        boolean isPlanar = tags.value(TiffTags.PLANAR_CONFIGURATION, 1) == TiffTags.PLANAR;
        planes = isPlanar ? (int) Math.min(samples, 8) : 1;
        pixelBits = (double) samples * tags.value(TiffTags.BITS_PER_SAMPLE, 1);
        long across = ceilDiv(width, tileWidth);
        long down = ceilDiv(height, tileHeight);
        if (compression == TiffTags.OLD_JPEG) {
            throw new IIOException("compression 6, the old JPEG (expected: 7, the new one)");
        }
        checkPredictor();
        TiffCost.Area picture = new TiffCost.Area(width, height);
        TiffCost.Area tile = new TiffCost.Area(tileWidth, tileHeight);
        TiffCost.charge(tags, picture, tile, across * down, planes, budget);
        tiles = Math.toIntExact(across * down * planes);
    }

    /** Refuses the floating-point predictor on integer samples, which the reader would accept. */
    private void checkPredictor() throws IOException {
        long predictor = tags.value(TiffTags.PREDICTOR, 1);
        if (predictor > LAST_PREDICTOR && !isFax()) {
            throw new IIOException(
                    "predictor %d (expected: 1 or 2; floating-point samples are not supported)"
                            .formatted(predictor));
        }
    }

    /** Reads the layout and announces the cost of decoding. */
    static TiffLayout of(TiffDirectory tags, byte[] bytes, Budget budget) throws IOException {
        TiffLayout layout = new TiffLayout(tags, budget);
        layout.place(bytes.length);
        layout.checkDisjoint();
        if (layout.compression == TiffTags.JPEG) {
            layout.checkJpegs(bytes, budget);
        }
        return layout;
    }

    private void place(int fileBytes) throws IOException {
        offsets = tags.values(isTiled ? TiffTags.TILE_OFFSETS : TiffTags.STRIP_OFFSETS, tiles);
        lengths =
                tags.values(
                        isTiled ? TiffTags.TILE_BYTE_COUNTS : TiffTags.STRIP_BYTE_COUNTS, tiles);
        if (offsets.length < tiles) {
            throw new EOFException("%d of %d strips or tiles".formatted(offsets.length, tiles));
        }
        lengths = Arrays.copyOf(lengths, tiles);
        for (int i = 0; i < tiles; i++) {
            if (lengths[i] == 0) {
                lengths[i] = missingLength(i, fileBytes);
            }
            if (offsets[i] + lengths[i] > fileBytes) {
                throw new EOFException(
                        "%d bytes at %d of %d".formatted(lengths[i], offsets[i], fileBytes));
            }
        }
    }

    /**
     * Length that a program omitted: computed for uncompressed data, else all bytes up to the next.
     */
    private long missingLength(int i, int fileBytes) throws IOException {
        if (compression == TiffTags.UNCOMPRESSED && offsets[i] > 0) {
            int ofPlane = i % (tiles / planes);
            long across = ceilDiv(width, tileWidth);
            long rows =
                    isTiled
                            ? tileHeight
                            : Math.min(tileHeight, height - ofPlane / across * tileHeight);
            return (long) Math.ceil(tileWidth * pixelBits / planes / Byte.SIZE) * rows;
        }
        long end = fileBytes;
        for (long offset : offsets) {
            end = offset > offsets[i] && offset < end ? offset : end;
        }
        if (offsets[i] == 0 || tiles > MOST_WITHOUT_LENGTH) {
            throw new IIOException("strip or tile %d without a length".formatted(i));
        }
        return end - offsets[i];
    }

    private void checkDisjoint() throws IIOException {
        int count = Math.min(offsets.length, lengths.length);
        int[] order =
                IntStream.range(0, count)
                        .boxed()
                        .sorted(Comparator.comparingLong(i -> offsets[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        for (int i = 1; i < order.length; i++) {
            int before = order[i - 1];
            int next = order[i];
            if (lengths[next] > 0 && offsets[before] + lengths[before] > offsets[next]) {
                throw new IIOException(
                        "strips or tiles %d and %d share bytes"
                                .formatted(Math.min(before, next), Math.max(before, next)));
            }
        }
    }

    private void checkJpegs(byte[] bytes, Budget budget) throws IOException {
        byte[] tables = tags.raw(TiffTags.JPEG_TABLES, 1 << 16);
        if (tables.length > 0) {
            JpegStream.checkTables(tables);
        }
        for (int i = 0; i < tiles; i++) {
            int from = (int) offsets[i];
            int limit = i < lengths.length ? (int) (offsets[i] + lengths[i]) : bytes.length;
            JpegStream jpeg = JpegStream.of(bytes, from, limit);
            if (jpeg.width() > tileWidth + BLOCK || jpeg.height() > tileHeight + BLOCK) {
                throw new TooCostlyException(
                        "JPEG of %dx%d pixels in a strip or tile of %dx%d"
                                .formatted(jpeg.width(), jpeg.height(), tileWidth, tileHeight));
            }
            jpeg.scans().charge(budget, jpeg.width(), jpeg.height(), jpeg.isProgressive());
            TiffCost.chargeInks(jpeg, budget);
        }
    }

    /**
     * Whether the strips of a picture that is not compressed hold all its rows, of which the last
     * strip may have fewer. False where it is compressed, tiled or has coarser colour planes.
     */
    boolean holdsAllRows() throws IOException {
        long[] bits = tags.values(TiffTags.BITS_PER_SAMPLE, 8);
        if (compression != TiffTags.UNCOMPRESSED
                || isTiled
                || tags.value(TiffTags.PHOTOMETRIC, TiffTags.YCBCR) == TiffTags.YCBCR
                || bits.length != tags.value(TiffTags.SAMPLES_PER_PIXEL, 1)
                || lengths.length != tiles) {
            return false;
        }
        double bitsOfStrip = planes > 1 ? bits[0] : LongStream.of(bits).sum();
        double rowBytes = Math.ceil(width * bitsOfStrip / Byte.SIZE);
        long strips = tiles / planes;
        for (int i = 0; i < lengths.length; i++) {
            long left = height - i % strips * tileHeight;
            if (lengths[i] < Math.min(tileHeight, left) * rowBytes) {
                return false;
            }
        }
        return true;
    }

    /** Whether its pixels are bilevel with one of the three fax compressions. */
    boolean isFax() {
        return TiffTags.isFax(compression);
    }

    int width() {
        return (int) width;
    }

    int height() {
        return (int) height;
    }

    /** Width of a tile, or of a strip, which is the picture's. */
    int tileWidth() {
        return (int) tileWidth;
    }

    int tileHeight() {
        return (int) tileHeight;
    }

    boolean isTiled() {
        return isTiled;
    }

    /** Offset of each strip or tile in the file. */
    long[] offsets() {
        return Arrays.copyOf(offsets, offsets.length);
    }

    /** Length of each strip or tile in bytes; empty if the file does not state it. */
    long[] lengths() {
        return Arrays.copyOf(lengths, lengths.length);
    }

    private static long ceilDiv(long number, long divisor) {
        return (number + divisor - 1) / divisor;
    }
}
