package dev.medzoo.benchmarks.explain;

import dev.medzoo.zoo.explain.HeatMap;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Which pixels of a picture are wound, as people have outlined it. */
final class WoundMask {
    private final BufferedImage mask;

    private WoundMask(BufferedImage mask) {
        this.mask = mask;
    }

    static WoundMask read(Path file) throws IOException {
        BufferedImage mask = ImageIO.read(file.toFile());
        if (mask == null) {
            throw new IOException(file + ": no picture (expected: a mask)");
        }
        return new WoundMask(mask);
    }

    private boolean isWound(int x, int y) {
        return (mask.getRGB(x, y) & 0xff) > 127;
    }

    /** The wound's part of the picture. */
    double area() {
        return inside(null);
    }

    /** The part of a map's energy that lies in the wound; of an empty map, as of an even one. */
    double energy(HeatMap map) {
        double inside = inside(map);
        return Double.isNaN(inside) ? area() : inside;
    }

    private double inside(@Nullable HeatMap map) {
        double inside = 0;
        double all = 0;
        for (int y = 0; y < mask.getHeight(); y++) {
            for (int x = 0; x < mask.getWidth(); x++) {
                double value =
                        map == null
                                ? 1
                                : map.at((x + 0.5) / mask.getWidth(), (y + 0.5) / mask.getHeight());
                all += value;
                inside += isWound(x, y) ? value : 0;
            }
        }
        return inside / all;
    }

    /** Whether the map's highest point lies in the wound. */
    boolean isHit(HeatMap map) {
        double most = -1;
        boolean isHit = false;
        for (int y = 0; y < mask.getHeight(); y++) {
            for (int x = 0; x < mask.getWidth(); x++) {
                double value = map.at((x + 0.5) / mask.getWidth(), (y + 0.5) / mask.getHeight());
                if (value > most) {
                    most = value;
                    isHit = isWound(x, y);
                }
            }
        }
        return isHit;
    }
}
