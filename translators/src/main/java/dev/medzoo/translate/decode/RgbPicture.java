package dev.medzoo.translate.decode;

import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/**
 * Decoded pixels: 8-bit sRGB, row by row from the top left, three bytes a pixel in the order red,
 * green, blue. It carries no metadata. The array is not copied: the caller hands it over.
 */
public final class RgbPicture {
    private final int width;
    private final int height;
    private final byte[] rgb;

    /**
     * @param width in pixels
     * @param height in pixels
     * @param rgb {@code 3 * width * height} bytes
     */
    public RgbPicture(int width, int height, byte[] rgb) {
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException(
                    "picture: %dx%d (expected: both > 0)".formatted(width, height));
        }
        if (rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "picture: %d bytes for %dx%d pixels (expected: %d)"
                            .formatted(rgb.length, width, height, 3L * width * height));
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    /**
     * Converts a Java image. Grey is repeated, 16 bits keep the high byte, transparency is blended
     * over white, and colour profiles are not applied.
     */
    public static RgbPicture of(BufferedImage image) {
        if (image.getType() == BufferedImage.TYPE_3BYTE_BGR && ownsItsPixels(image)) {
            byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
            byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
            for (int i = 0; i < rgb.length; i += 3) {
                rgb[i] = bgr[i + 2];
                rgb[i + 1] = bgr[i + 1];
                rgb[i + 2] = bgr[i];
            }
            return new RgbPicture(image.getWidth(), image.getHeight(), rgb);
        }
        return Samples.of(image);
    }

    /** Whether an image is not a sub-image of a larger one. */
    private static boolean ownsItsPixels(BufferedImage image) {
        return image.getRaster().getParent() == null
                && image.getRaster().getDataBuffer().getSize()
                        == 3 * image.getWidth() * image.getHeight();
    }

    /** Converts it to DJL's image type, for whichever picture library is installed. */
    public Image toImage() {
        return new BufferedImageFactory().fromImage(toBufferedImage());
    }

    /** Converts it to a Java image for drawing and writing. */
    public BufferedImage toBufferedImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < rgb.length; i += 3) {
            bgr[i] = rgb[i + 2];
            bgr[i + 1] = rgb[i + 1];
            bgr[i + 2] = rgb[i];
        }
        return image;
    }

    /**
     * Crops the part whose top left pixel is {@code (x, y)}.
     *
     * @param across its width in pixels
     * @param down its height in pixels
     */
    public RgbPicture crop(int x, int y, int across, int down) {
        if (x < 0 || y < 0 || across < 1 || down < 1 || across > width - x || down > height - y) {
            throw new IllegalArgumentException(
                    "crop: %dx%d at (%d, %d) (expected: inside %dx%d)"
                            .formatted(across, down, x, y, width, height));
        }
        byte[] part = new byte[3 * across * down];
        for (int row = 0; row < down; row++) {
            System.arraycopy(rgb, 3 * ((y + row) * width + x), part, 3 * row * across, 3 * across);
        }
        return new RgbPicture(across, down, part);
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    /** In pixels. */
    public int height() {
        return height;
    }

    /** The pixels themselves, not a copy: three bytes each, red, green, blue. */
    public byte[] rgb() {
        return rgb;
    }
}
