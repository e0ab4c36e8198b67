package dev.medzoo.translate;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures for tests, drawn by code. */
final class Drawn {
    private Drawn() {}

    /** Every sample a throw of the dice, 1 to 64 pixels each way. */
    static RgbPicture noise(Random random) {
        int width = 1 + random.nextInt(64);
        int height = 1 + random.nextInt(64);
        byte[] rgb = new byte[3 * width * height];
        random.nextBytes(rgb);
        return new RgbPicture(width, height, rgb);
    }

    /** A dark blot on skin. */
    static RgbPicture blot(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(214, 168, 140));
        pen.fillRect(0, 0, width, height);
        pen.setColor(new Color(96, 52, 40));
        pen.fillOval(width / 4, height / 4, width / 2, height / 2);
        pen.dispose();
        return RgbPicture.of(image);
    }

    static byte[] png(RgbPicture picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture.toBufferedImage(), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
