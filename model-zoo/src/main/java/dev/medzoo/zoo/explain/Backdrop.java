package dev.medzoo.zoo.explain;

import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.NetworkInput;
import java.util.Arrays;

/** What stands where a part of a picture is hidden. */
public enum Backdrop {
    /** The picture's mean colour. */
    MEAN_COLOUR {
        @Override
        public float[] of(NetworkInput picture) {
            float[] values = picture.values();
            int area = values.length / CHANNELS;
            float[] mean = new float[values.length];
            for (int from = 0; from < values.length; from += area) {
                double sum = 0;
                for (int i = from; i < from + area; i++) {
                    sum += values[i];
                }
                Arrays.fill(mean, from, from + area, (float) (sum / area));
            }
            return mean;
        }
    },
    /**
     * The picture through a Gaussian blur whose standard deviation is 0.08 of the longer side:
     * colours remain, shapes do not.
     */
    BLUR {
        @Override
        public float[] of(NetworkInput picture) {
            InputSize size = picture.size();
            double deviation = 0.08 * Math.max(size.width(), size.height());
            float[] rows = new float[picture.values().length];
            float[] both = new float[rows.length];
            blur(picture.values(), rows, size, deviation, true);
            blur(rows, both, size, deviation, false);
            return both;
        }
    };

    private static final int CHANNELS = 3;

    /**
     * The whole backdrop.
     *
     * @return as {@link NetworkInput#values}: (3, height, width)
     */
    public abstract float[] of(NetworkInput picture);

    /** Blurs along rows or columns. Beyond the border nothing is counted. */
    private static void blur(
            float[] from, float[] to, InputSize size, double deviation, boolean isAlongRows) {
        int count = isAlongRows ? size.width() : size.height();
        int stride = isAlongRows ? 1 : size.width();
        int reach = (int) Math.ceil(3 * deviation);
        double[] weights = new double[2 * reach + 1];
        for (int d = -reach; d <= reach; d++) {
            weights[d + reach] = Math.exp(-d * d / (2 * deviation * deviation));
        }
        for (int i = 0; i < from.length; i++) {
            int place = i / stride % count;
            double sum = 0;
            double total = 0;
            for (int d = Math.max(-reach, -place); d <= Math.min(reach, count - 1 - place); d++) {
                double weight = weights[d + reach];
                sum += weight * from[i + d * stride];
                total += weight;
            }
            to[i] = (float) (sum / total);
        }
    }
}
