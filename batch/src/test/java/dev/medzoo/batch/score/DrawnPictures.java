package dev.medzoo.batch.score;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small pictures, each another one. */
final class DrawnPictures {
    private static final int SIDE = 48;

    private DrawnPictures() {}

    static byte[] png(int number) throws IOException {
        Random random = new Random(number);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(200 + random.nextInt(40), 160 + random.nextInt(40), 150));
        pen.fillRect(0, 0, SIDE, SIDE);
        for (int i = 0; i < 8; i++) {
            pen.setColor(new Color(80 + random.nextInt(120), 60 + random.nextInt(60), 40));
            pen.fillOval(random.nextInt(SIDE), random.nextInt(SIDE), 12, 12);
        }
        pen.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    /** Writes {@code 000.png} and so on. */
    static Path folder(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            Files.write(folder.resolve("%03d.png".formatted(i)), png(i));
        }
        return folder;
    }
}
