package dev.medzoo.zoo.explain;

import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.transform.PictureArea;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Draws a heat map over its picture in viridis colours, which also work in greyscale and for the
 * colour-blind. Opacity grows with evidence, so that a picture without evidence stays unchanged.
 */
public final class Overlay {
    /** Recommended longest side of the picture, in pixels. */
    public static final int LONGEST_SIDE = 1024;

    /** Opacity at the highest evidence: the picture must stay visible. */
    private static final double MOST_OPAQUE = 0.65;

    /** Eleven colours of viridis (van der Walt and Smith 2015), evenly spaced. */
    private static final int[] VIRIDIS = {
        0x440154, 0x482576, 0x414487, 0x35608d, 0x2a788e, 0x21908c, 0x22a884, 0x43bf71, 0x7ad151,
        0xbbdf27, 0xfde725
    };

    /** Fast compression; the file is a tenth larger. */
    private static final float FAST = 0.9f;

    private Overlay() {}

    /**
     * Draws it.
     *
     * @param picture explained, upright, at any size
     */
    public static RgbPicture draw(Explanation explanation, RgbPicture picture) {
        PictureArea area = explanation.area();
        double across = (double) explanation.picture().width() / picture.width();
        double down = (double) explanation.picture().height() / picture.height();
        byte[] rgb = picture.rgb().clone();
        for (int row = 0; row < picture.height(); row++) {
            double y = ((row + 0.5) * down - area.y()) / area.height();
            for (int column = 0; column < picture.width(); column++) {
                double x = ((column + 0.5) * across - area.x()) / area.width();
                if (x >= 0 && x <= 1 && y >= 0 && y <= 1) {
                    blend(rgb, 3 * (row * picture.width() + column), explanation.map().at(x, y));
                }
            }
        }
        return new RgbPicture(picture.width(), picture.height(), rgb);
    }

    private static void blend(byte[] rgb, int at, double value) {
        double place = value * (VIRIDIS.length - 1);
        int below = Math.min(VIRIDIS.length - 2, (int) place);
        for (int channel = 0; channel < 3; channel++) {
            int shift = 16 - 8 * channel;
            int low = VIRIDIS[below] >> shift & 0xff;
            int high = VIRIDIS[below + 1] >> shift & 0xff;
            double colour = low + (place - below) * (high - low);
            int under = rgb[at + channel] & 0xff;
            rgb[at + channel] = (byte) Math.round(under + MOST_OPAQUE * value * (colour - under));
        }
    }

    /** Encodes the overlay as PNG without metadata. */
    public static byte[] png(Explanation explanation, RgbPicture picture) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(FAST);
            writer.setOutput(out);
            writer.write(
                    null,
                    new IIOImage(draw(explanation, picture).toBufferedImage(), null, null),
                    how);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
