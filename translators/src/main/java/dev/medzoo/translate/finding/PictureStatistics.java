package dev.medzoo.translate.finding;

import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.translate.transform.Transform;

/**
 * Describes a picture's appearance in {@value #COUNT} numbers, computed from the network's input
 * alone, so that training and every way of serving see the same. They separate pictures that a
 * network maps to one place because it learnt only to separate its classes: a drawing from a
 * photograph, a grey picture from a coloured one. Numbers with a long tail are logarithms, so that
 * a Gaussian fits.
 *
 * <p>In this order, with every channel in [0, 1] and grey their mean:
 *
 * <ol start="0">
 *   <li>to 2: mean of red, green, blue; 3 to 5: logarithm of the deviation of each
 *   <li value="6">mean and (7) logarithm of the deviation of the colourfulness, which is the
 *       highest channel minus the lowest
 *   <li value="8">square root of the share of pixels with a channel at its extreme, (9) of black
 *       and (10) of white ones
 *   <li value="11">logarithm of the mean step between neighbours in grey; 12 to 14: of the picture
 *       made 2, 4 and 8 times smaller
 *   <li value="15">to 17: correlation of red with green, green with blue, blue with red
 *   <li value="18">to 20: mean of the centre minus that of the border, by channel
 *   <li value="21">logarithm of the ratio of the steps to the right to those down
 *   <li value="22">square root of the share of neighbours without a step
 *   <li value="23">logarithm of the steps' root mean square over their mean, high for few sharp
 *       edges
 *   <li value="24">skewness of grey and (25) entropy of its histogram of 32 bins, in bits
 *   <li value="26">logarithm of the deviation of red minus green and (27) of blue minus green
 * </ol>
 */
public final class PictureStatistics {
    /** How many numbers. */
    public static final int COUNT = 28;

    private static final int DEVIATIONS = 3;

    private final float[] numbers;

    /**
     * @param numbers {@value #COUNT} finite ones, in the order above; not copied
     */
    public PictureStatistics(float[] numbers) {
        if (numbers.length != COUNT) {
            throw new IllegalArgumentException(
                    "picture statistics: %d numbers (expected: %d)"
                            .formatted(numbers.length, COUNT));
        }
        this.numbers = numbers;
    }

    /**
     * Computes those of one picture.
     *
     * @param transform that made the input, whose normalisation is undone
     */
    public static PictureStatistics of(NetworkInput input, Transform transform) {
        return new PictureStatistics(new PictureMeasurement(input, transform).numbers());
    }

    /** The numbers themselves, not a copy. */
    public float[] numbers() {
        return numbers;
    }

    /** Standard deviation of the channel that varies most; 0 for a plain picture. */
    public double contrast() {
        double most = 0;
        for (int i = DEVIATIONS; i < DEVIATIONS + 3; i++) {
            most = Math.max(most, Math.exp(numbers[i]) - PictureMeasurement.NOISE);
        }
        return most;
    }
}
