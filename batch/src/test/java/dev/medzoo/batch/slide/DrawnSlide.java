package dev.medzoo.batch.slide;

import dev.medzoo.translate.decode.RgbPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pictures of slides, drawn by code: pink tissue with blue dots on glass, and coarser copies. */
final class DrawnSlide {
    private DrawnSlide() {}

    /** A disc of tissue in the middle of glass. */
    static RgbPicture disc(int width, int height, Random random) {
        byte[] rgb = new byte[3 * width * height];
        double radius = 0.35 * Math.min(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean isTissue = Math.hypot(x - width / 2.0, y - height / 2.0) < radius;
                boolean isDot = isTissue && (x / 5 * 7 + y / 5 * 13) % 11 == 0;
                int grain = random.nextInt(9);
                int at = 3 * (y * width + x);
                rgb[at] = (byte) ((isDot ? 96 : isTissue ? 214 : 238) + grain);
                rgb[at + 1] = (byte) ((isDot ? 60 : isTissue ? 142 : 238) + grain);
                rgb[at + 2] = (byte) ((isDot ? 150 : isTissue ? 190 : 240) + grain);
            }
        }
        return new RgbPicture(width, height, rgb);
    }

    /** A picture and copies of it, each a factor coarser than the one before. */
    static List<RgbPicture> pyramid(RgbPicture finest, int factor, int levels) {
        List<RgbPicture> all = new ArrayList<>(List.of(finest));
        while (all.size() < levels) {
            all.add(coarser(all.get(all.size() - 1), factor));
        }
        return all;
    }

    private static RgbPicture coarser(RgbPicture from, int factor) {
        int width = from.width() / factor;
        int height = from.height() / factor;
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % width * factor;
            int y = i / 3 / width * factor;
            int sum = 0;
            for (int k = 0; k < factor * factor; k++) {
                int at = 3 * ((y + k / factor) * from.width() + x + k % factor) + i % 3;
                sum += from.rgb()[at] & 0xff;
            }
            rgb[i] = (byte) (sum / (factor * factor));
        }
        return new RgbPicture(width, height, rgb);
    }
}
