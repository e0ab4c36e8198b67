package dev.medzoo.zoo.explain;

import dev.medzoo.zoo.network.ClassifierHead;
import dev.medzoo.zoo.network.FlipViews;
import java.util.List;

/**
 * Grad-CAM (Selvaraju et al. 2017) of a network's last map, in closed form. The network ends in
 * global average pooling of the map and a {@link ClassifierHead}. So the gradient of a logit is the
 * same in every cell of a channel: that of the pooled feature divided by the number of cells:
 *
 * <pre>M = ReLU(Σₖ ∂logit/∂fₖ · Aₖ)</pre>
 *
 * <p>A forward pass on any runtime gives the map A; f is its mean.
 */
public final class GradCam {
    private GradCam() {}

    /**
     * Computes the map.
     *
     * @param maps (views, channels, height, width), row-major: the last map of the picture, or of
     *     each of its mirror images in the order of {@link FlipViews#ALL}, whose heat maps are
     *     mirrored back and averaged
     * @param target number of the class
     */
    public static HeatMap of(
            ClassifierHead head, List<float[]> maps, int width, int height, int target) {
        int area = width * height;
        double[] sum = new double[area];
        for (int view = 0; view < maps.size(); view++) {
            float[] map = FlipViews.ALL.get(view).of(maps.get(view), width, height);
            double[] weights = head.gradient(means(map, area), target);
            for (int cell = 0; cell < area; cell++) {
                double evidence = 0;
                for (int channel = 0; channel < weights.length; channel++) {
                    evidence += weights[channel] * map[channel * area + cell];
                }
                sum[cell] += Math.max(0, evidence);
            }
        }
        return HeatMap.scaled(width, height, sum);
    }

    private static float[] means(float[] map, int area) {
        float[] means = new float[map.length / area];
        for (int channel = 0; channel < means.length; channel++) {
            double sum = 0;
            for (int cell = 0; cell < area; cell++) {
                sum += map[channel * area + cell];
            }
            means[channel] = (float) (sum / area);
        }
        return means;
    }
}
