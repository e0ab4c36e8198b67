package dev.medzoo.benchmarks.pictures;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds every picture that {@code benchmarks/pillow/pictures.py} wrote against what Pillow made of
 * it. Each is equal, or listed with the largest difference of a sample and how many differ.
 */
public final class PillowComparison {
    private final Path folder;
    private final Map<String, Integer> endings = new TreeMap<>();

    private PillowComparison(Path folder) {
        this.folder = folder;
    }

    /** Argument: the folder. */
    public static void main(String[] args) throws IOException {
        PillowComparison comparison = new PillowComparison(Path.of(args[0]));
        List<String> rows = Files.readAllLines(comparison.folder.resolve("expected.csv"));
        for (String row : rows.subList(1, rows.size())) {
            String[] fields = row.split(",", -1);
            comparison.compare(fields[0], Integer.parseInt(fields[1]), Integer.parseInt(fields[2]));
        }
        System.out.println(rows.size() - 1 + " pictures: " + comparison.endings);
    }

    private void compare(String name, int width, int height) throws IOException {
        byte[] expected = Files.readAllBytes(folder.resolve(name + ".rgb"));
        try {
            RgbPicture picture =
                    new PictureDecoder().decode(Files.readAllBytes(folder.resolve(name)));
            if (picture.width() != width || picture.height() != height) {
                end("of another size", name, picture.width() + "x" + picture.height());
                return;
            }
            int largest = 0;
            int count = 0;
            for (int i = 0; i < expected.length; i++) {
                int off = Math.abs((expected[i] & 0xff) - (picture.rgb()[i] & 0xff));
                largest = Math.max(largest, off);
                count += off > 0 ? 1 : 0;
            }
            if (largest == 0) {
                endings.merge("equal", 1, Integer::sum);
            } else {
                String how = "%d samples of %d, by at most %d";
                end("different", name, how.formatted(count, expected.length, largest));
            }
        } catch (TranslateException e) {
            end("refused", name, String.valueOf(e.getMessage()));
        }
    }

    private void end(String ending, String name, String how) {
        endings.merge(ending, 1, Integer::sum);
        System.out.println("%-45s %s: %s".formatted(name, ending, how));
    }
}
