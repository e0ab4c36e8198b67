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
 * LayerCAM (Jiang et al. 2021): weights each activation by its own positive gradient, so that early
 * layers of high resolution can be used:
 *
 * <pre>M = ReLU(Σₖ ReLU(∂logit/∂Aₖ) ⊙ Aₖ)</pre>
 *
 * <p>It uses the logit, not the probability: a probability near 1 hardly changes, and it also grows
 * when other classes lose evidence.
 */
public final class LayerCam {
    private LayerCam() {}

    /**
     * The default part of a network: the one after the stem, at a quarter of the picture's size. Of
     * all parts it had the largest share of its map inside wounds, on {@code val} ({@code
     * docs/explanations.md}).
     */
    public static int usualPart(Network network) {
        return Math.min(1, network.parts() - 1);
    }

    /**
     * Computes the map of an early part and multiplies it by {@link GradCam}'s map of the last
     * layer, from the same pass. The last layer selects the region, the early part adds detail.
     * Alone, an early part responds to edges everywhere.
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
     * Computes the map. If the network averages over mirror images, the maps are mirrored back and
     * averaged.
     *
     * @param target number of the class
     * @param part whose activations are used, from 0, the stem, to {@code parts() - 1}
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
