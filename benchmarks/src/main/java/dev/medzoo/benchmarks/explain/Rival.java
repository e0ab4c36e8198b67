package dev.medzoo.benchmarks.explain;

import ai.djl.ndarray.NDManager;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.explain.Explainer;
import dev.medzoo.zoo.explain.ExplanationMethod;
import dev.medzoo.zoo.explain.ExplanationOptions;
import dev.medzoo.zoo.explain.HeatMap;
import dev.medzoo.zoo.explain.LayerCam;
import dev.medzoo.zoo.network.ClassifierHead;
import dev.medzoo.zoo.network.Network;
import java.util.List;
import java.util.Random;

/** A map that is compared with others. */
interface Rival {
    /** Cells on a side of the maps that look at no picture. */
    int CELLS = 16;

    /** Of the centre blob, as a share of the side: two thirds of it lie in the middle half. */
    double SPREAD = 0.25;

    /**
     * A map of a class.
     *
     * @param number of the picture, which a random map is drawn from
     */
    HeatMap map(NetworkInput picture, Finding finding, String label, int number) throws Exception;

    /** LayerCAM at a part of the network. */
    static Rival layer(Network network, NDManager manager, List<String> labels, int part) {
        return (picture, finding, label, number) ->
                LayerCam.of(network, picture, labels.indexOf(label), part, manager);
    }

    /** The same, multiplied with Grad-CAM of the last map. */
    static Rival fused(Network network, NDManager manager, List<String> labels, int part) {
        ClassifierHead head = ClassifierHead.of(network);
        return (picture, finding, label, number) ->
                LayerCam.fused(network, head, picture, labels.indexOf(label), part, manager);
    }

    /** By an explainer. */
    static Rival of(Explainer explainer, ExplanationMethod method) {
        return (picture, finding, label, number) ->
                explainer.explain(picture, finding, new ExplanationOptions(method, label)).map();
    }

    /** Independent numbers in every cell. */
    static Rival random() {
        return (picture, finding, label, number) -> {
            Random random = new Random(number);
            float[] values = new float[CELLS * CELLS];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat();
            }
            return new HeatMap(CELLS, CELLS, values);
        };
    }

    /** A Gaussian in the middle, whatever the picture: photographers put there what matters. */
    static Rival centre() {
        float[] values = new float[CELLS * CELLS];
        for (int i = 0; i < values.length; i++) {
            double x = (i % CELLS + 0.5) / CELLS - 0.5;
            int row = i / CELLS;
            double y = (row + 0.5) / CELLS - 0.5;
            values[i] = (float) Math.exp(-(x * x + y * y) / (2 * SPREAD * SPREAD));
        }
        HeatMap blob = new HeatMap(CELLS, CELLS, values);
        return (picture, finding, label, number) -> blob;
    }
}
