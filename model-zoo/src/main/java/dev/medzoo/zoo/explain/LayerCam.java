package dev.medzoo.zoo.explain;

import ai.djl.ndarray.NDManager;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.network.ClassifierHead;
import dev.medzoo.zoo.network.FlipViews;
import dev.medzoo.zoo.network.LayerGradient;
import dev.medzoo.zoo.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * LayerCAM (Jiang et al. 2021): each number of a layer counts by how the class's logit grows with
 * it there, so that a layer that is still fine can be looked at:
 *
 * <pre>M = ReLU(Σₖ ReLU(∂logit/∂Aₖ) ⊙ Aₖ)</pre>
 *
 * <p>The logit is taken, not the probability: a probability near 1 hardly changes with anything,
 * and grows too when the other classes lose.
 */
public final class LayerCam {
    private LayerCam() {}

    /**
     * The part of a network whose map is looked at where nobody says otherwise: the one after the
     * stem, a quarter of the picture's size. Of all parts it put the most of its map into wounds,
     * on {@code val} ({@code docs/explanations.md}).
     */
    public static int usualPart(Network network) {
        return Math.min(1, network.parts() - 1);
    }

    /**
     * Computes the map of an early part and multiplies it with {@link GradCam}'s of the last map,
     * from the same pass: the early one says where in its neighbourhood, the last one which
     * neighbourhood. Alone, an early part sees edges everywhere.
     *
     * @param head of the network
     */
    public static HeatMap fused(
            Network network,
            ClassifierHead head,
            NetworkInput picture,
            int target,
            int part,
            NDManager manager) {
        LayerGradient layer = LayerGradient.of(network, picture, target, part, manager);
        List<float[]> last = new ArrayList<>();
        for (int view = 0; view < layer.views(); view++) {
            last.add(layer.lastMap(view));
        }
        HeatMap coarse = GradCam.of(head, last, layer.lastWidth(), layer.lastHeight(), target);
        double[] fine = evidence(layer);
        for (int cell = 0; cell < fine.length; cell++) {
            int row = cell / layer.width();
            double x = (cell % layer.width() + 0.5) / layer.width();
            fine[cell] *= coarse.at(x, (row + 0.5) / layer.height());
        }
        return HeatMap.scaled(layer.width(), layer.height(), fine);
    }

    /**
     * Computes the map. Where the network answers with the mean over mirror images, the map of each
     * is turned back, and they are averaged.
     *
     * @param target number of the class
     * @param part whose output is looked at, from 0, the stem, to {@code parts() - 1}
     * @param manager of the network's engine and device
     */
    public static HeatMap of(
            Network network, NetworkInput picture, int target, int part, NDManager manager) {
        LayerGradient layer = LayerGradient.of(network, picture, target, part, manager);
        return HeatMap.scaled(layer.width(), layer.height(), evidence(layer));
    }

    private static double[] evidence(LayerGradient layer) {
        int area = layer.width() * layer.height();
        int each = area * layer.channels();
        double[] sum = new double[area];
        for (int view = 0; view < layer.views(); view++) {
            FlipViews mirror = FlipViews.ALL.get(view);
            float[] activations = turned(mirror, layer.activations(), view * each, each, layer);
            float[] gradient = turned(mirror, layer.gradient(), view * each, each, layer);
            for (int cell = 0; cell < area; cell++) {
                double evidence = 0;
                for (int i = cell; i < each; i += area) {
                    evidence += Math.max(0, gradient[i]) * (double) activations[i];
                }
                sum[cell] += Math.max(0, evidence);
            }
        }
        return sum;
    }

    private static float[] turned(
            FlipViews mirror, float[] views, int from, int length, LayerGradient layer) {
        float[] view = Arrays.copyOfRange(views, from, from + length);
        return mirror.of(view, layer.width(), layer.height());
    }
}
