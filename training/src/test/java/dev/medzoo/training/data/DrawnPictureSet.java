package dev.medzoo.training.data;

import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.zoo.format.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A small real folder of pictures, drawn by code: "dark" ones and "light" ones, with noise. */
public final class DrawnPictureSet {
    private static final int SIDE = 40;

    private DrawnPictureSet() {}

    public static Path in(Path parent) throws IOException {
        return in(parent, "drawn_2class", 0);
    }

    /** One of several, whose pictures are others. */
    public static Path in(Path parent, String name, int seed) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(name));
        List<String> lines = new ArrayList<>();
        lines.add("file,label,split,source,group,sha256,note");
        add(folder, "train", 24, seed, lines);
        add(folder, "val", 8, seed, lines);
        add(folder, "test", 10, seed, lines);
        Files.write(folder.resolve("manifest.csv"), lines);
        return folder;
    }

    /** A folder of pictures of another kind: all of them stripes, in val and test. */
    public static Path striped(Path parent) throws IOException {
        Path folder = Files.createDirectories(parent.resolve("drawn_stripes"));
        List<String> lines = new ArrayList<>();
        lines.add("file,label,split,source,group,sha256,note");
        for (String split : List.of("test", "val")) {
            Files.createDirectories(folder.resolve(split));
            for (int i = 0; i < 6; i++) {
                String file = split + "/" + i + ".png";
                byte[] png = DrawnPicture.png(stripes((split.equals("test") ? 2 : 8) + i));
                Files.write(folder.resolve(file), png);
                lines.add(
                        "%s,striped,%s,drawn,%s %d,%s,"
                                .formatted(file, split, split, i, Sha256.hex(png)));
            }
        }
        Files.write(folder.resolve("manifest.csv"), lines);
        return folder;
    }

    private static RgbPicture stripes(int width) {
        byte[] rgb = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3 % SIDE / width % 2 == 0 ? 255 : 0);
        }
        return new RgbPicture(SIDE, SIDE, rgb);
    }

    private static void add(Path folder, String split, int count, int seed, List<String> lines)
            throws IOException {
        Files.createDirectories(folder.resolve(split));
        for (int i = 0; i < count; i++) {
            String label = i % 2 == 0 ? "dark" : "light";
            String file = split + "/" + i + ".png";
            byte[] png = DrawnPicture.png(picture(label, split.hashCode() + i + seed));
            Files.write(folder.resolve(file), png);
            lines.add(
                    "%s,%s,%s,drawn,%s-%d,%s,\"a, note\""
                            .formatted(file, label, split, split, i / 2, Sha256.hex(png)));
        }
    }

    private static RgbPicture picture(String label, long seed) {
        Random random = new Random(seed);
        int middle = label.equals("dark") ? 90 : 160;
        byte[] rgb = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (middle + random.nextInt(60) - 30);
        }
        return new RgbPicture(SIDE, SIDE, rgb);
    }
}
