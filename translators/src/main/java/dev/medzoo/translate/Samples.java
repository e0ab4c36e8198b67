package dev.medzoo.translate;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * The stored samples of a picture that Java decoded, as 8-bit RGB. {@link BufferedImage#getRGB}
 * would bend grey along a curve and apply colour profiles; here a sample stays what it is, 16 bits
 * keep the high byte, and what is transparent shows white.
 */
final class Samples {
    private static final int WHITE = 255;

    private Samples() {}

    static RgbPicture of(BufferedImage image) {
        byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
        if (image.getColorModel() instanceof ComponentColorModel model) {
            copySamples(image.getRaster(), model, rgb);
        } else {
            copyColours(image, rgb);
        }
        return new RgbPicture(image.getWidth(), image.getHeight(), rgb);
    }

    /** Palettes and packed pixels: their colours are sRGB already. */
    private static void copyColours(BufferedImage image, byte[] rgb) {
        int width = image.getWidth();
        int[] row = new int[width];
        int to = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int argb : row) {
                int alpha = argb >>> 24;
                rgb[to++] = White.under(argb >> 16 & 0xff, alpha);
                rgb[to++] = White.under(argb >> 8 & 0xff, alpha);
                rgb[to++] = White.under(argb & 0xff, alpha);
            }
        }
    }

    private static void copySamples(Raster raster, ComponentColorModel model, byte[] rgb) {
        check(model);
        int bands = model.getNumComponents();
        int[] row = new int[bands * raster.getWidth()];
        int[] pixel = new int[bands];
        int to = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, raster.getWidth(), 1, row);
            for (int from = 0; from < row.length; from += bands, to += 3) {
                for (int band = 0; band < bands; band++) {
                    pixel[band] = eightBits(row[from + band], model.getComponentSize(band));
                }
                if (model.getNumColorComponents() == 4) {
                    Inks.toRgb(pixel[0], pixel[1], pixel[2], pixel[3], rgb, to);
                } else {
                    copyPixel(pixel, model, rgb, to);
                }
            }
        }
    }

    /** Grey or RGB, with or without alpha, which comes last. */
    private static void copyPixel(int[] pixel, ComponentColorModel model, byte[] rgb, int to) {
        int colours = model.getNumColorComponents();
        int alpha = model.hasAlpha() ? pixel[colours] : WHITE;
        for (int i = 0; i < 3; i++) {
            int colour = pixel[colours == 1 ? 0 : i];
            if (model.isAlphaPremultiplied() && alpha > 0) {
                colour = Math.min(WHITE, (colour * WHITE + alpha / 2) / alpha);
            }
            rgb[to + i] = White.under(colour, alpha);
        }
    }

    private static void check(ColorModel model) {
        int transfer = model.getTransferType();
        if (transfer != DataBuffer.TYPE_BYTE && transfer != DataBuffer.TYPE_USHORT) {
            throw new IllegalArgumentException(
                    "samples: %d bits, signed or floating (expected: 8 or 16 bits, unsigned)"
                            .formatted(DataBuffer.getDataTypeSize(transfer)));
        }
        int type = model.getColorSpace().getType();
        boolean known =
                type == ColorSpace.TYPE_GRAY
                        || type == ColorSpace.TYPE_RGB
                        || (type == ColorSpace.TYPE_CMYK
                                && model.getTransparency() == Transparency.OPAQUE);
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
