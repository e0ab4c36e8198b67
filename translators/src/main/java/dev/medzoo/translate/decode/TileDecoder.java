package dev.medzoo.translate.decode;

import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import javax.imageio.IIOException;

/**
 * Decodes single tiles that a reader of slides has cut out of their file, with the decoders and the
 * limits of {@link PictureDecoder}. What a tile does not say itself (its size, its colour space,
 * tables that all tiles share) the caller reads from the file's header and hands in. A tile of
 * another size than that is refused. Instances are thread safe.
 */
public final class TileDecoder {
    /** Longest side of a tile, in pixels. */
    public static final int LONGEST_SIDE = 4096;

    private static final long MAX_PIXELS = (long) LONGEST_SIDE * LONGEST_SIDE;
    private static final int COLOURS = 3;
    private static final int SAMPLES = 256;
    private static final int LUMA_OF_GREY = 128;

    private final int width;
    private final int height;
    private final BooleanSupplier isWanted;

    /**
     * Creates a decoder of tiles of one size.
     *
     * @param width in pixels, 1 to {@link #LONGEST_SIDE}
     * @param height in pixels, 1 to {@link #LONGEST_SIDE}
     */
    public TileDecoder(int width, int height) {
        if (width < 1 || height < 1 || width > LONGEST_SIDE || height > LONGEST_SIDE) {
            throw new IllegalArgumentException(
                    "tile: %dx%d pixels (expected: 1 to %d each way)"
                            .formatted(width, height, LONGEST_SIDE));
        }
        this.width = width;
        this.height = height;
        isWanted = () -> true;
    }

    /**
     * Decodes a JPEG.
     *
     * @param tables that the tiles share, as TIFF's {@code JPEGTables}: a JPEG without a picture;
     *     empty for none
     * @param isRgb whether three colours are red, green and blue, else YCbCr; markers in the tile
     *     do not count
     * @throws TranslateException if it is truncated, damaged, too costly or of another size
     */
    public RgbPicture jpeg(byte[] tables, byte[] tile, boolean isRgb) throws TranslateException {
        return decode(
                "JPEG",
                tile,
                budget ->
                        JpegFile.open(JpegStream.joined(tables, tile), isRgb, budget).read(budget));
    }

    /**
     * Decodes a bare JPEG 2000 codestream of three samples of 8 bits. Of the second and third there
     * may be half as many, across and down; they are repeated.
     *
     * @param isYcbcr whether its samples are YCbCr that no transform of its own makes RGB
     * @throws TranslateException as {@link #jpeg}
     */
    public RgbPicture jpeg2000(byte[] codestream, boolean isYcbcr) throws TranslateException {
        return decode(
                "JPEG 2000",
                codestream,
                budget -> {
                    short[] words =
                            Jpeg2000.decodeColours(codestream, width, height, COLOURS, budget);
                    byte[] rgb = bytes(words);
                    if (isYcbcr) {
                        toRgb(rgb);
                    }
                    return new RgbPicture(width, height, rgb);
                });
    }

    /**
     * Decodes a tile of a TIFF that is not compressed, or compressed by LZW, PackBits or deflate.
     *
     * @param compression number of TIFF's tag 259
     * @param samples a pixel, of 8 bits: 1 for grey (black is zero), 3 for RGB
     * @param isPredicted whether samples are differences to the pixel on the left (predictor 2)
     * @throws TranslateException as {@link #jpeg}
     */
    public RgbPicture tiff(byte[] tile, int compression, int samples, boolean isPredicted)
            throws TranslateException {
        return decode(
                "TIFF",
                tile,
                budget -> {
                    byte[] file =
                            TileTiff.of(tile, width, height, compression, samples, isPredicted);
                    return TiffFile.open(file, budget).read(budget);
                });
    }

    private RgbPicture decode(String format, byte[] tile, PictureDecoder.Part<RgbPicture> part)
            throws TranslateException {
        Budget budget = new Budget(MAX_PIXELS, tile.length, isWanted);
        return PictureDecoder.read(budget, format, limits -> checked(format, part.read(limits)));
    }

    private RgbPicture checked(String format, RgbPicture tile) throws IOException {
        if (tile.width() != width || tile.height() != height) {
            throw new IIOException(
                    "%s of %dx%d pixels (expected: %dx%d)"
                            .formatted(format, tile.width(), tile.height(), width, height));
        }
        return tile;
    }

    private static byte[] bytes(short[] words) throws IIOException {
        byte[] bytes = new byte[words.length];
        for (int i = 0; i < bytes.length; i++) {
            if (words[i] < 0 || words[i] >= SAMPLES) {
                throw new IIOException("sample: %d (expected: 0 to 255)".formatted(words[i]));
            }
            bytes[i] = (byte) words[i];
        }
        return bytes;
    }

    /** In libjpeg's fixed point, as {@link JpegRenderer} does. */
    private static void toRgb(byte[] ycbcr) {
        for (int i = 0; i < ycbcr.length; i += COLOURS) {
            int luma = ycbcr[i] & 0xff;
            int blue = (ycbcr[i + 1] & 0xff) - LUMA_OF_GREY;
            int red = (ycbcr[i + 2] & 0xff) - LUMA_OF_GREY;
            ycbcr[i] = (byte) JpegTransform.clip(luma + ((91881 * red + 32768) >> 16));
            ycbcr[i + 1] =
                    (byte) JpegTransform.clip(luma + ((-22554 * blue - 46802 * red + 32768) >> 16));
            ycbcr[i + 2] = (byte) JpegTransform.clip(luma + ((116130 * blue + 32768) >> 16));
        }
    }
}
