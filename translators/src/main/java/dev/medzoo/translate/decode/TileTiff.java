package dev.medzoo.translate.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A TIFF file of one tile: what a tile cut out of a larger file needs to be read by itself. */
final class TileTiff {
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int ENTRIES = 12;
    private static final int ENTRY_BYTES = 12;
    private static final int HEADER_BYTES = 8;
    private static final int BITS = 8;
    private static final int COLOURS = 3;
    private static final int HORIZONTAL = 2;

    private final ByteBuffer file;

    private TileTiff(ByteBuffer file) {
        this.file = file;
    }

    /**
     * Puts the file together.
     *
     * @param width of the tile and of the picture, in pixels
     * @param height of both
     * @param samples a pixel, 1 or 3, of 8 bits
     */
    static byte[] of(
            byte[] tile, int width, int height, int compression, int samples, boolean isPredicted) {
        if (samples != 1 && samples != COLOURS) {
            throw new IllegalArgumentException(
                    "samples: %d a pixel (expected: 1 or 3)".formatted(samples));
        }
        int bitsAt = HEADER_BYTES + 2 + ENTRIES * ENTRY_BYTES + 4;
        int tileAt = bitsAt + 2 * COLOURS;
        ByteBuffer file = ByteBuffer.allocate(tileAt + tile.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(HEADER_BYTES);
        file.putShort((short) ENTRIES);
        TileTiff tiff = new TileTiff(file);
        tiff.entry(TiffTags.WIDTH, LONG, 1, width);
        tiff.entry(TiffTags.HEIGHT, LONG, 1, height);
        tiff.entry(TiffTags.BITS_PER_SAMPLE, SHORT, samples, samples == 1 ? BITS : bitsAt);
        tiff.entry(TiffTags.COMPRESSION, SHORT, 1, compression);
        tiff.entry(
                TiffTags.PHOTOMETRIC,
                SHORT,
                1,
                samples == 1 ? TiffTags.BLACK_IS_ZERO : TiffTags.RGB);
        tiff.entry(TiffTags.SAMPLES_PER_PIXEL, SHORT, 1, samples);
        tiff.entry(TiffTags.PLANAR_CONFIGURATION, SHORT, 1, 1);
        tiff.entry(TiffTags.PREDICTOR, SHORT, 1, isPredicted ? HORIZONTAL : 1);
        tiff.entry(TiffTags.TILE_WIDTH, LONG, 1, width);
        tiff.entry(TiffTags.TILE_HEIGHT, LONG, 1, height);
        tiff.entry(TiffTags.TILE_OFFSETS, LONG, 1, tileAt);
        tiff.entry(TiffTags.TILE_BYTE_COUNTS, LONG, 1, tile.length);
        file.putInt(0);
        for (int i = 0; i < COLOURS; i++) {
            file.putShort((short) BITS);
        }
        return file.put(tile).array();
    }

    private void entry(int tag, int type, int count, int value) {
        file.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }
}
