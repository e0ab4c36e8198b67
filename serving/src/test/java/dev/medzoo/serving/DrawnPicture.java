package dev.medzoo.serving;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Encoded pictures of a dark spot on skin, drawn by code. The same seed gives the same bytes. */
public final class DrawnPicture {
    private DrawnPicture() {}

    public static byte[] jpeg(int width, int height, long seed) {
        return encode("jpeg", width, height, seed);
    }

    public static byte[] png(int width, int height, long seed) {
        return encode("png", width, height, seed);
    }

    private static byte[] encode(String format, int width, int height, long seed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(draw(width, height, new Random(seed)), format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static BufferedImage draw(int width, int height, Random random) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(200 + random.nextInt(40), 150 + random.nextInt(30), 130));
        pen.fillRect(0, 0, width, height);
        for (int spot = 0; spot < 40; spot++) {
            pen.setColor(new Color(60 + random.nextInt(60), 30 + random.nextInt(40), 30));
            int x = width / 4 + random.nextInt(1 + width / 3);
            int y = height / 4 + random.nextInt(1 + height / 3);
            pen.fillOval(x, y, 1 + width / 6, 1 + height / 6);
        }
        pen.dispose();
        return image;
    }
}
