package dev.medzoo.training.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.medzoo.translate.decode.Orientation;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.Interpolation;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random augmentations that preserve the label. They precede the transform, which training and
 * serving share.
 *
 * @param smallestCrop least share of the picture's area in a random crop, in (0, 1]; 1 keeps all
 * @param stretch largest aspect ratio change of a crop, at least 1
 * @param flips whether pictures are mirrored, left to right and top to bottom
 * @param quarterTurns whether pictures are rotated by 90, 180 or 270 degrees
 * @param brightness largest scaling of brightness up or down, as a share
 * @param contrast the same for the distance of each value from mid-grey
 * @param saturation the same for the distance of each value from the pixel's grey
 * @param tint the same for each colour channel on its own
 * @param stain most that the concentration of each stain of a histological picture is scaled, as a
 *     share; 0 for other pictures
 * @param grey probability of conversion to grey
 * @param blur probability of a Gaussian blur, with a deviation of up to {@value #MOST_BLUR} pixels
 * @param softest smallest factor to which every second picture is downscaled and upscaled again, so
 *     that sharpness carries no information, in (0, 1]; 1 for never
 */
public record Augmentation(
        double smallestCrop,
        double stretch,
        boolean flips,
        boolean quarterTurns,
        double brightness,
        double contrast,
        double saturation,
        double tint,
        double stain,
        double grey,
        double blur,
        double softest) {
    private static final double MOST_BLUR = 1.5;
    private static final double LEAST_BLUR = 0.2;

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
        share("stain", stain);
        share("grey", grey);
        share("blur", blur);
        if (!(softest > 0 && softest <= 1)) {
            throw new IllegalArgumentException("softest: " + softest + " (expected: in (0, 1])");
        }
    }

    /** Creates one with geometric and brightness changes alone. */
    public Augmentation(
            double smallestCrop,
            double stretch,
            boolean flips,
            boolean quarterTurns,
            double brightness,
            double contrast,
            double saturation,
            double tint) {
        this(
                smallestCrop,
                stretch,
                flips,
                quarterTurns,
                brightness,
                contrast,
                saturation,
                tint,
                0,
                0,
                0,
                1);
    }

    /** Creates it from a recipe, which may omit the last four. */
    @JsonCreator
    static Augmentation of(
            @JsonProperty("smallestCrop") double smallestCrop,
            @JsonProperty("stretch") double stretch,
            @JsonProperty("flips") boolean flips,
            @JsonProperty("quarterTurns") boolean quarterTurns,
            @JsonProperty("brightness") double brightness,
            @JsonProperty("contrast") double contrast,
            @JsonProperty("saturation") double saturation,
            @JsonProperty("tint") double tint,
            @JsonProperty("stain") @Nullable Double stain,
            @JsonProperty("grey") @Nullable Double grey,
            @JsonProperty("blur") @Nullable Double blur,
            @JsonProperty("softest") @Nullable Double softest) {
        return new Augmentation(
                smallestCrop,
                stretch,
                flips,
                quarterTurns,
                brightness,
                contrast,
                saturation,
                tint,
                stain == null ? 0 : stain,
                grey == null ? 0 : grey,
                blur == null ? 0 : blur,
                softest == null ? 1 : softest);
    }

    /** No augmentation. */
    public static Augmentation none() {
        return new Augmentation(1, 1, false, false, 0, 0, 0, 0);
    }

    /** Creates a random variant of a picture. */
    public RgbPicture apply(RgbPicture picture, Random random) {
        RgbPicture cropped = crop(picture, random);
        RgbPicture coloured = recolour(soften(turn(cropped, random), random), random);
        return defocus(restain(coloured, random), random);
    }

    private RgbPicture restain(RgbPicture picture, Random random) {
        if (stain == 0) {
            return picture;
        }
        byte[] rgb = StainJitter.apply(picture.rgb(), stain, random);
        return new RgbPicture(picture.width(), picture.height(), rgb);
    }

    private RgbPicture defocus(RgbPicture picture, Random random) {
        if (blur == 0 || random.nextDouble() >= blur) {
            return picture;
        }
        double sigma = uniform(random, LEAST_BLUR, MOST_BLUR);
        byte[] rgb = Blur.apply(picture.rgb(), picture.width(), picture.height(), sigma);
        return new RgbPicture(picture.width(), picture.height(), rgb);
    }

    private RgbPicture crop(RgbPicture picture, Random random) {
        double area = uniform(random, smallestCrop, 1);
        double ratio = Math.exp(uniform(random, -Math.log(stretch), Math.log(stretch)));
        int width = side(picture.width(), Math.sqrt(area * ratio));
        int height = side(picture.height(), Math.sqrt(area / ratio));
        int x = random.nextInt(picture.width() - width + 1);
        int y = random.nextInt(picture.height() - height + 1);
        return picture.crop(x, y, width, height);
    }

    private static int side(int length, double share) {
        return Math.max(1, Math.min(length, (int) Math.round(length * share)));
    }

    private RgbPicture turn(RgbPicture picture, Random random) {
        boolean mirrored = flips && random.nextBoolean();
        boolean upsideDown = flips && random.nextBoolean();
        boolean transposed = quarterTurns && random.nextBoolean();
        return Orientation.upright(picture, orientation(mirrored, upsideDown, transposed));
    }

    /** EXIF orientation number of such a picture. */
    private static int orientation(boolean mirrored, boolean upsideDown, boolean transposed) {
        if (transposed) {
            return upsideDown ? (mirrored ? 7 : 8) : (mirrored ? 6 : 5);
        }
        return upsideDown ? (mirrored ? 3 : 4) : (mirrored ? 2 : Orientation.UPRIGHT);
    }

    private RgbPicture soften(RgbPicture picture, Random random) {
        if (softest == 1 || random.nextBoolean()) {
            return picture;
        }
        double scale = uniform(random, softest, 1);
        InputSize small =
                new InputSize(side(picture.width(), scale), side(picture.height(), scale));
        InputSize own = new InputSize(picture.width(), picture.height());
        return Interpolation.BILINEAR.resize(Interpolation.BILINEAR.resize(picture, small), own);
    }

    private RgbPicture recolour(RgbPicture picture, Random random) {
        float light = scale(random, brightness);
        float spread = scale(random, contrast);
        float colour = scale(random, saturation);
        if (grey > 0 && random.nextDouble() < grey) {
            colour = 0;
        }
        float[] channel = {scale(random, tint), scale(random, tint), scale(random, tint)};
        if (brightness + contrast + saturation + tint + grey == 0) {
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
