package dev.medzoo.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** A small folder of pictures to train on, drawn by code: "dark" ones and "light" ones. */
final class DrawnPictureSet {
    static final String NAME = "drawn_2class";

    private static final int SIDE = 40;

    private DrawnPictureSet() {}

    static Path in(Path parent) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(NAME));
        List<String> lines = new ArrayList<>();
        lines.add("file,label,split,source,group,sha256,note");
        add(folder, "train", 24, lines);
        add(folder, "val", 8, lines);
        add(folder, "test", 8, lines);
        Files.write(folder.resolve("manifest.csv"), lines);
        return folder;
    }

    /** Pictures of somebody else, to be told from the model's own: a test split alone. */
    static Path foreign(Path parent) throws IOException {
        Path folder = Files.createDirectories(parent.resolve("drawn_other"));
        List<String> lines = new ArrayList<>();
        lines.add("file,label,split,source,group,sha256,note");
        add(folder, "test", 2, lines);
        Files.write(folder.resolve("manifest.csv"), lines);
        return folder;
    }

    private static void add(Path folder, String split, int count, List<String> lines)
            throws IOException {
        Files.createDirectories(folder.resolve(split));
        for (int i = 0; i < count; i++) {
            String label = i % 2 == 0 ? "dark" : "light";
            String file = split + "/" + i + ".png";
            int middle = label.equals("dark") ? 90 : 160;
            byte[] png = picture("png", SIDE, SIDE, middle, split.hashCode() + i);
            Files.write(folder.resolve(file), png);
            lines.add(
                    "%s,%s,%s,drawn,%s-%d,%s,drawn"
                            .formatted(file, label, split, split, i / 2, sha256(png)));
        }
    }

    /**
     * A noisy picture.
     *
     * @param middle of its values, 30..225
     */
    static byte[] picture(String format, int width, int height, int middle, long seed)
            throws IOException {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = 0;
                for (int channel = 0; channel < 3; channel++) {
                    rgb = rgb << 8 | (middle + random.nextInt(60) - 30);
                }
                image.setRGB(x, y, rgb);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
