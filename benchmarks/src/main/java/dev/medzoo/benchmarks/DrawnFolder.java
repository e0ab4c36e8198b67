package dev.medzoo.benchmarks;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws small JPEGs, each another one, a thousand in a folder. */
public final class DrawnFolder {
    private static final int A_FOLDER = 1000;
    private static final int DOTS = 8;
    private static final int DOT = 14;

    private DrawnFolder() {}

    /** Arguments: the folder, how many, their side in pixels. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int count = Integer.parseInt(args[1]);
        int side = Integer.parseInt(args[2]);
        for (int i = 0; i < count; i++) {
            Path some = folder.resolve("%04d".formatted(i / A_FOLDER));
            Files.createDirectories(some);
            BufferedImage picture = picture(new Random(i), side);
            ImageIO.write(picture, "jpg", some.resolve("%08d.jpg".formatted(i)).toFile());
        }
    }

    private static BufferedImage picture(Random random, int side) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(200 + random.nextInt(40), 160 + random.nextInt(40), 150));
        pen.fillRect(0, 0, side, side);
        for (int i = 0; i < DOTS; i++) {
            pen.setColor(new Color(80 + random.nextInt(120), 60 + random.nextInt(60), 40));
            pen.fillOval(random.nextInt(side), random.nextInt(side), DOT, DOT);
        }
        pen.dispose();
        return image;
    }
}
