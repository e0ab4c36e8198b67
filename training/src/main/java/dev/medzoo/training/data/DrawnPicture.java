package dev.medzoo.training.data;

import dev.medzoo.translate.decode.RgbPicture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * A picture drawn by code, of no patient: a lit, speckled background with dark spots. An artifact's
 * golden pictures and those in the documents are drawn so.
 */
public final class DrawnPicture {
    private static final int SPOTS = 6;

    private DrawnPicture() {}

    /** Draws a picture; the same seed and size give the same one. */
    public static RgbPicture of(int width, int height, long seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        ground(image, random);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        for (int i = 0; i < SPOTS; i++) {
            double size = (0.08 + 0.35 * random.nextDouble()) * width;
            double x = random.nextDouble() * width - size / 2;
            double y = random.nextDouble() * height - size / 2;
            pen.setColor(
                    new Color(
                            60 + random.nextInt(110),
                            30 + random.nextInt(80),
                            30 + random.nextInt(90)));
            pen.fill(new Ellipse2D.Double(x, y, size, size * (0.6 + 0.6 * random.nextDouble())));
        }
        pen.dispose();
        return RgbPicture.of(image);
    }

    private static void ground(BufferedImage image, Random random) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int light = 30 * x / image.getWidth() - 20 * y / image.getHeight();
                int speckle = random.nextInt(13) - 6;
                int r = 205 + light + speckle;
                int g = 160 + light + speckle;
                int b = 145 + light + speckle;
                image.setRGB(x, y, new Color(r, g, b).getRGB());
            }
        }
    }

    /** Encodes the picture as PNG, which is lossless. */
    public static byte[] png(RgbPicture picture) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture.toBufferedImage(), "png", bytes);
        return bytes.toByteArray();
    }
}
