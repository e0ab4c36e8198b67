package dev.medzoo.training.data;

import dev.medzoo.translate.InputSize;
import dev.medzoo.translate.Orientation;
import dev.medzoo.translate.RgbPicture;
import java.util.Random;

/**
 * Random changes that leave a picture's label true. They come before the transform, which training
 * and serving share.
 *
 * @param smallestCrop least share of the picture's area that is kept, in (0, 1]; 1 keeps all
 * @param stretch most that a crop's sides may differ, as a ratio of at least 1
 * @param flips whether pictures are mirrored, left to right and top to bottom
 * @param quarterTurns whether pictures are turned by 90, 180 or 270 degrees
 * @param brightness most that the light is scaled up or down, as a share
 * @param contrast the same for the distance of each value from mid-grey
 * @param saturation the same for the distance of each value from the pixel's grey
 * @param tint the same for each colour channel on its own
 */
public record Augmentation(
        double smallestCrop,
        double stretch,
        boolean flips,
        boolean quarterTurns,
        double brightness,
        double contrast,
        double saturation,
        double tint) {

    public Augmentation {
        if (!(smallestCrop > 0 && smallestCrop <= 1)) {
            throw new IllegalArgumentException(
                    "smallestCrop: " + smallestCrop + " (expected: in (0, 1])");
        }
        if (!(stretch >= 1 && stretch <= 4)) {
            throw new IllegalArgumentException("stretch: " + stretch + " (expected: in [1, 4])");
        }
        share("brightness", brightness);
        share("contrast", contrast);
        share("saturation", saturation);
        share("tint", tint);
    }

    /** Nothing is changed. */
    public static Augmentation none() {
        return new Augmentation(1, 1, false, false, 0, 0, 0, 0);
    }

    /** One random variant of a picture. */
    public RgbPicture apply(RgbPicture picture, Random random) {
        RgbPicture cropped = crop(picture, random);
        return recolour(turn(cropped, random), random);
    }

    private RgbPicture crop(RgbPicture picture, Random random) {
        double area = uniform(random, smallestCrop, 1);
        double ratio = Math.exp(uniform(random, -Math.log(stretch), Math.log(stretch)));
        int width = side(picture.width(), Math.sqrt(area * ratio));
        int height = side(picture.height(), Math.sqrt(area / ratio));
        int x = random.nextInt(picture.width() - width + 1);
        int y = random.nextInt(picture.height() - height + 1);
        return picture.crop(x, y, new InputSize(width, height));
    }

    private static int side(int whole, double share) {
        return Math.max(1, Math.min(whole, (int) Math.round(whole * share)));
    }

    private RgbPicture turn(RgbPicture picture, Random random) {
        boolean mirrored = flips && random.nextBoolean();
        boolean upsideDown = flips && random.nextBoolean();
        boolean transposed = quarterTurns && random.nextBoolean();
        return Orientation.upright(picture, orientation(mirrored, upsideDown, transposed));
    }

    /** The EXIF number of a picture that lies so. */
    private static int orientation(boolean mirrored, boolean upsideDown, boolean transposed) {
        if (transposed) {
            return upsideDown ? (mirrored ? 7 : 8) : (mirrored ? 6 : 5);
        }
        return upsideDown ? (mirrored ? 3 : 4) : (mirrored ? 2 : Orientation.UPRIGHT);
    }

    private RgbPicture recolour(RgbPicture picture, Random random) {
        float light = scale(random, brightness);
        float spread = scale(random, contrast);
        float colour = scale(random, saturation);
        float[] channel = {scale(random, tint), scale(random, tint), scale(random, tint)};
        if (brightness + contrast + saturation + tint == 0) {
            return picture;
        }
        byte[] in = picture.rgb();
        byte[] out = new byte[in.length];
        for (int i = 0; i < in.length; i += 3) {
            float r = in[i] & 0xff;
            float g = in[i + 1] & 0xff;
            float b = in[i + 2] & 0xff;
            float grey = 0.299f * r + 0.587f * g + 0.114f * b;
            out[i] = level(grey + (r - grey) * colour, light * channel[0], spread);
            out[i + 1] = level(grey + (g - grey) * colour, light * channel[1], spread);
            out[i + 2] = level(grey + (b - grey) * colour, light * channel[2], spread);
        }
        return new RgbPicture(picture.width(), picture.height(), out);
    }

    private static byte level(float value, float light, float spread) {
        float changed = (value * light - 128) * spread + 128.5f;
        return (byte) Math.max(0, Math.min(255, (int) changed));
    }

    private static float scale(Random random, double most) {
        return (float) uniform(random, 1 - most, 1 + most);
    }

    private static double uniform(Random random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: in [0, 1))");
        }
    }
}
