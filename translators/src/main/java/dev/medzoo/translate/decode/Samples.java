package dev.medzoo.translate.decode;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.stream.IntStream;

/**
 * Converts the stored samples of a Java image to 8-bit RGB. {@link BufferedImage#getRGB} would
 * apply a gamma curve to grey, and colour profiles. Here samples are kept as stored, 16 bits keep
 * the high byte, and transparency is blended over white.
 */
final class Samples {
    private static final int WHITE = 255;

    private Samples() {}

    static RgbPicture of(BufferedImage image) {
        ColorModel model = image.getColorModel();
        Alpha multiplied = model.isAlphaPremultiplied() ? Alpha.MULTIPLIED : Alpha.PLAIN;
        return of(image, model.hasAlpha() ? multiplied : Alpha.NONE);
    }

    /**
     * The same with an explicit meaning of alpha instead of the colour model's.
     *
     * @param alpha meaning of the first sample after the colours, if any
     */
    static RgbPicture of(BufferedImage image, Alpha alpha) {
        byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
        if (image.getColorModel() instanceof ComponentColorModel model) {
            copySamples(image.getRaster(), model, alpha, rgb);
        } else {
            copyColours(image, rgb);
        }
        return new RgbPicture(image.getWidth(), image.getHeight(), rgb);
    }

    /** Palettes and packed pixels: their colours are sRGB already. */
    private static void copyColours(BufferedImage image, byte[] rgb) {
        if (image.getColorModel() instanceof IndexColorModel model
                && model.getTransferType() == DataBuffer.TYPE_BYTE) {
            copyIndices(image.getRaster(), model, rgb);
            return;
        }
        int width = image.getWidth();
        int[] row = new int[width];
        int to = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int argb : row) {
                int alpha = argb >>> 24;
                rgb[to++] = WhiteBackground.under(argb >> 16 & 0xff, alpha);
                rgb[to++] = WhiteBackground.under(argb >> 8 & 0xff, alpha);
                rgb[to++] = WhiteBackground.under(argb & 0xff, alpha);
            }
        }
    }

    private static void copyIndices(Raster raster, IndexColorModel model, byte[] rgb) {
        byte[] table = new byte[3 * 256];
        for (int i = 0; i < model.getMapSize() && i < 256; i++) {
            int alpha = model.getAlpha(i);
            table[3 * i] = WhiteBackground.under(model.getRed(i), alpha);
            table[3 * i + 1] = WhiteBackground.under(model.getGreen(i), alpha);
            table[3 * i + 2] = WhiteBackground.under(model.getBlue(i), alpha);
        }
        int[] row = new int[raster.getWidth()];
        int to = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, row.length, 1, 0, row);
            for (int index : row) {
                rgb[to++] = table[3 * index];
                rgb[to++] = table[3 * index + 1];
                rgb[to++] = table[3 * index + 2];
            }
        }
    }

    private static void copySamples(
            Raster raster, ComponentColorModel model, Alpha alpha, byte[] rgb) {
        check(model, alpha);
        int bands = raster.getNumBands();
        int colours = model.getNumColorComponents();
        int width = raster.getWidth();
        byte[] row = new byte[bands * width];
        short[] wide =
                new short[raster.getTransferType() == DataBuffer.TYPE_USHORT ? row.length : 0];
        boolean isSpread = isSpread(model);
        for (int y = 0; y < raster.getHeight(); y++) {
            if (wide.length > 0) {
                raster.getDataElements(0, y, width, 1, wide);
            } else {
                raster.getDataElements(0, y, width, 1, row);
            }
            for (int i = 0; i < wide.length; i++) {
                row[i] = (byte) (wide[i] >> 8);
            }
            if (isSpread) {
                spread(wide, row, model.getComponentSize(0));
            }
            copyRow(row, bands, colours, alpha, rgb, 3 * y * width);
        }
    }

    /** Whether a sample has fewer bits than its storage. */
    private static boolean isSpread(ComponentColorModel model) {
        int placeBits = DataBuffer.getDataTypeSize(model.getTransferType());
        return IntStream.of(model.getComponentSize()).anyMatch(bits -> bits != placeBits);
    }

    private static void spread(short[] wide, byte[] row, int bits) {
        for (int i = 0; i < row.length; i++) {
            int sample = wide.length > 0 ? wide[i] & 0xffff : row[i] & 0xff;
            row[i] = (byte) eightBits(sample, bits);
        }
    }

    private static void copyRow(
            byte[] row, int bands, int colours, Alpha alpha, byte[] rgb, int from) {
        int green = colours == 1 ? 0 : 1;
        boolean isOpaque = alpha == Alpha.NONE || bands == colours;
        boolean isMultiplied = alpha == Alpha.MULTIPLIED;
        int to = from;
        for (int i = 0; i < row.length; i += bands, to += 3) {
            if (colours == 4) {
                CmykConversion.toRgb(
                        row[i] & 0xff,
                        row[i + 1] & 0xff,
                        row[i + 2] & 0xff,
                        row[i + 3] & 0xff,
                        rgb,
                        to);
            } else if (isOpaque) {
                rgb[to] = row[i];
                rgb[to + 1] = row[i + green];
                rgb[to + 2] = row[i + 2 * green];
            } else {
                int opacity = row[i + colours] & 0xff;
                rgb[to] = blended(row[i], opacity, isMultiplied);
                rgb[to + 1] = blended(row[i + green], opacity, isMultiplied);
                rgb[to + 2] = blended(row[i + 2 * green], opacity, isMultiplied);
            }
        }
    }

    private static byte blended(byte sample, int alpha, boolean isMultiplied) {
        int colour = sample & 0xff;
        if (isMultiplied && alpha > 0) {
            colour = Math.min(WHITE, colour * WHITE / alpha);
        }
        return WhiteBackground.under(colour, alpha);
    }

    /** Refuses unsupported sample types, as the headers state them. */
    static void checkType(int dataType) {
        if (dataType != DataBuffer.TYPE_BYTE && dataType != DataBuffer.TYPE_USHORT) {
            throw new IllegalArgumentException(
                    "samples: %d bits, signed or floating (expected: 8 or 16 bits, unsigned)"
                            .formatted(DataBuffer.getDataTypeSize(dataType)));
        }
    }

    private static void check(ColorModel model, Alpha alpha) {
        checkType(model.getTransferType());
        int type = model.getColorSpace().getType();
        boolean known =
                type == ColorSpace.TYPE_GRAY
                        || type == ColorSpace.TYPE_RGB
                        || (type == ColorSpace.TYPE_CMYK && alpha == Alpha.NONE);
        if (!known) {
            throw new IllegalArgumentException(
                    "colours: %d bands of colour space %d (expected: grey, RGB or CMYK)"
                            .formatted(model.getNumComponents(), type));
        }
    }

    private static int eightBits(int sample, int bits) {
        return bits >= 8 ? sample >> (bits - 8) : sample * 255 / ((1 << bits) - 1);
    }
}
