package dev.medzoo.registry.gate;

import dev.medzoo.zoo.format.Sha256;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** A small folder of pictures with a manifest, drawn by code: discs on a ground. */
public final class DrawnData {
    private static final int SIDE = 64;

    private DrawnData() {}

    public static Path in(Path parent) throws IOException {
        Path folder = Files.createDirectories(parent.resolve("drawn_2class"));
        Files.writeString(folder.resolve("manifest.csv"), "file,label,split,group,sha256,note\n");
        for (String split : List.of("train", "val", "test")) {
            for (int i = 0; i < 6; i++) {
                byte[] png = bytes(picture(split.hashCode() + i), "png");
                add(folder, split + "/" + i + ".png", split, split + i / 2, png);
            }
        }
        return folder;
    }

    /** One more picture, on disk and in the manifest. */
    static void add(Path folder, String file, String split, String group, byte[] bytes)
            throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(folder.resolve(split));
        Files.write(path, bytes);
        String label = bytes.length % 2 == 0 ? "benign" : "malignant";
        Files.writeString(
                folder.resolve("manifest.csv"),
                "%s,%s,%s,%s,%s,drawn\n".formatted(file, label, split, group, Sha256.hex(bytes)),
                StandardOpenOption.APPEND);
    }

    static BufferedImage picture(long seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(200, 160, 140));
        pen.fillRect(0, 0, SIDE, SIDE);
        for (int disc = 0; disc < 8; disc++) {
            pen.setColor(new Color(random.nextInt(1 << 24) & 0x7f7f7f));
            int size = 6 + random.nextInt(20);
            pen.fillOval(random.nextInt(SIDE), random.nextInt(SIDE), size, size);
        }
        pen.dispose();
        return image;
    }

    static BufferedImage brighter(BufferedImage image) {
        return new RescaleOp(1.08f, 6, null).filter(image, null);
    }

    static byte[] bytes(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }
}
