package dev.medzoo.translate.transform;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.medzoo.translate.decode.CoarsePicture;
import dev.medzoo.translate.decode.RgbPicture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pre-processing of pixels to a network's input: resize, centre crop, colour normalisation,
 * scale to [0, 1], standardise. It is stored in the artifact, and training and serving apply the
 * same record.
 *
 * @param fit what the resize keeps
 * @param resize the size before the crop
 * @param crop size of the centre crop, which is the network's input size
 * @param interpolation of the resize
 * @param mean of each channel (red, green, blue), on the scale [0, 1]
 * @param deviation standard deviation of each channel, on the same scale, above 0
 * @param colour colour normalisation, or null for none
 */
public record Transform(
        Fit fit,
        InputSize resize,
        InputSize crop,
        Interpolation interpolation,
        List<Double> mean,
        List<Double> deviation,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ColourStep colour) {

    /**
     * Limit on the pixels of the intermediate picture. It is large for a very narrow picture, which
     * is resized first to the width and then to the height.
     */
    private static final long MOST_ON_THE_WAY = 20_000_000;

    /** What the resize preserves. */
    public enum Fit {
        /** The whole picture: it is stretched to the size. */
        SQUASH,
        /** The aspect ratio: the picture is scaled until it just covers the size. */
        COVER
    }

    public Transform {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (crop.width() > resize.width() || crop.height() > resize.height()) {
            throw new IllegalArgumentException(
                    "crop: " + crop + " (expected: inside resize " + resize + ")");
        }
        if (mean.size() != 3 || !mean.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("mean: " + mean + " (expected: 3 numbers)");
        }
        if (deviation.size() != 3 || !deviation.stream().allMatch(d -> d > 0 && d <= 1)) {
            throw new IllegalArgumentException(
                    "deviation: " + deviation + " (expected: 3 numbers in (0, 1])");
        }
    }

    /** Creates a transform without colour normalisation. */
    public Transform(
            Fit fit,
            InputSize resize,
            InputSize crop,
            Interpolation interpolation,
            List<Double> mean,
            List<Double> deviation) {
        this(fit, resize, crop, interpolation, mean, deviation, null);
    }

    /** Squashes the whole picture to a square and scales every channel to about [-1, 1]. */
    public static Transform square(int side) {
        return square(side, Fit.SQUASH, null);
    }

    /**
     * Resizes a picture to a square and scales every channel to about [-1, 1].
     *
     * @param side in pixels
     * @param colour step, or null for none
     */
    public static Transform square(int side, Fit fit, @Nullable ColourStep colour) {
        InputSize size = InputSize.square(side);
        List<Double> half = List.of(0.5, 0.5, 0.5);
        return new Transform(fit, size, size, Interpolation.BILINEAR, half, half, colour);
    }

    /**
     * Applies every step.
     *
     * @return float32 (3, crop height, crop width), RGB, normalised
     * @throws IllegalArgumentException as {@link #pixels}
     */
    public float[] apply(RgbPicture picture) {
        return apply(CoarsePicture.of(picture));
    }

    /** Applies every step to a picture that may have been decoded at a fraction of its size. */
    float[] apply(CoarsePicture picture) {
        RgbPicture pixels = pixels(picture);
        int area = crop.width() * crop.height();
        float[] chw = new float[3 * area];
        byte[] rgb = pixels.rgb();
        for (int channel = 0; channel < 3; channel++) {
            float[] normalised = normalised(channel);
            int to = channel * area;
            for (int from = channel; from < rgb.length; from += 3) {
                chw[to++] = normalised[rgb[from] & 0xff];
            }
        }
        return chw;
    }

    /**
     * Applies resize, crop and colour step alone: the 8-bit pixels that the network sees.
     *
     * @throws IllegalArgumentException if the picture is so narrow that the intermediate picture of
     *     the resize would have more than 20 million pixels, and more than the picture itself
     */
    public RgbPicture pixels(RgbPicture picture) {
        return pixels(CoarsePicture.of(picture));
    }

    private RgbPicture pixels(CoarsePicture picture) {
        RgbPicture cropped = cropped(picture);
        return colour == null ? cropped : colour.apply(cropped);
    }

    private RgbPicture cropped(CoarsePicture picture) {
        InputSize original = new InputSize(picture.width(), picture.height());
        InputSize size = resized(original);
        refuseNarrow(original, size);
        RgbPicture resized = Resampler.resize(picture, size, interpolation);
        if (size.equals(crop)) {
            return resized;
        }
        int x = (size.width() - crop.width()) / 2;
        int y = (size.height() - crop.height()) / 2;
        return resized.crop(x, y, crop.width(), crop.height());
    }

    /**
     * The part of a picture that the network sees.
     *
     * @param picture its size, upright
     */
    public PictureArea area(InputSize picture) {
        InputSize size = resized(picture);
        double across = (double) picture.width() / size.width();
        double down = (double) picture.height() / size.height();
        int x = (size.width() - crop.width()) / 2;
        int y = (size.height() - crop.height()) / 2;
        return new PictureArea(x * across, y * down, crop.width() * across, crop.height() * down);
    }

    /** Least downscaling factor of the resize, over both directions, for a picture of that size. */
    double pixelsForOne(int width, int height) {
        InputSize size = resized(new InputSize(width, height));
        return Math.min((double) width / size.width(), (double) height / size.height());
    }

    private InputSize resized(InputSize original) {
        return fit == Fit.SQUASH ? resize : covering(original);
    }

    private static void refuseNarrow(InputSize picture, InputSize size) {
        long onTheWay = size.width() * (long) Math.max(size.height(), picture.height());
        long most = Math.max(MOST_ON_THE_WAY, (long) picture.width() * picture.height());
        if (onTheWay > most) {
            throw new IllegalArgumentException(
                    "%dx%d pixels, which resizing turns into %d (expected: at most %d, so a less extreme aspect ratio)"
                            .formatted(picture.width(), picture.height(), onTheWay, most));
        }
    }

    private InputSize covering(InputSize picture) {
        double scale =
                Math.max(
                        (double) resize.width() / picture.width(),
                        (double) resize.height() / picture.height());
        return new InputSize(
                Math.max(resize.width(), (int) (picture.width() * scale)),
                Math.max(resize.height(), (int) (picture.height() * scale)));
    }

    /** The normalised value of each of the 256 levels of a channel. */
    private float[] normalised(int channel) {
        float m = mean.get(channel).floatValue();
        float d = deviation.get(channel).floatValue();
        float[] table = new float[256];
        for (int value = 0; value < table.length; value++) {
            table[value] = (value / 255f - m) / d;
        }
        return table;
    }
}
