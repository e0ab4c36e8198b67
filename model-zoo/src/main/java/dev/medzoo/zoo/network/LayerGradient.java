package dev.medzoo.zoo.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.medzoo.translate.transform.NetworkInput;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The activations of a part of a {@link Network} for a picture, and the gradient of a class's logit
 * by them, computed by the engine. Both arrays are (views, channels, height, width), row-major.
 * There is one view, the picture itself, or four in the order of {@link FlipViews} if the network
 * averages over mirror images.
 *
 * <p>The arrays are not copied.
 */
public final class LayerGradient {
    /** DJL's engine collects gradients for one thread of the process at a time. */
    private static final ReentrantLock COLLECTING = new ReentrantLock();

    private final Shape shape;
    private final float[] activations;
    private final float[] gradient;
    private final Shape lastShape;
    private final float[] lastMap;

    private LayerGradient(NDArray layer, NDArray gradient, NDArray last) {
        shape = layer.getShape();
        activations = layer.toFloatArray();
        this.gradient = gradient.toFloatArray();
        lastShape = last.getShape();
        lastMap = last.toFloatArray();
    }

    /**
     * Computes both.
     *
     * @param network on an engine with gradients
     * @param target number of the class
     * @param part of the network, from 0, the stem, to {@code parts() - 1}, the last stage
     * @param manager of the network's engine and device; no array stays in it
     */
    public static LayerGradient of(
            Network network, NetworkInput picture, int target, int part, NDManager manager) {
        try (NDManager arrays = manager.newSubManager()) {
            NDArray views = views(network, picture, arrays);
            ParameterStore store = new ParameterStore(arrays, false);
            List<Block> body = network.body();
            int cut = network.partEnd(part);
            NDArray layer = network.through(store, views, body.subList(0, cut));
            layer.setRequiresGradient(true);
            NDArray gradient;
            NDArray map;
            COLLECTING.lock();
            try (GradientCollector collector =
                    Engine.getEngine(manager.getEngine().getEngineName()).newGradientCollector()) {
                map = network.through(store, layer, body.subList(cut, body.size()));
                NDArray logits = network.logits(store, map);
                collector.backward(logits.mul(only(target, logits, arrays)).sum());
                gradient = layer.getGradient();
            } finally {
                COLLECTING.unlock();
            }
            gradient.attach(arrays);
            return new LayerGradient(layer, gradient, map);
        }
    }

    private static NDArray views(Network network, NetworkInput picture, NDManager manager) {
        NDArray input = manager.create(picture.values(), network.inputShape(1));
        NDList views = new NDList(input);
        if (network.config().flips()) {
            for (int[] axes : Network.MIRRORS) {
                views.add(input.flip(axes));
            }
        }
        return views.size() == 1 ? input : NDArrays.concat(views, 0);
    }

    private static NDArray only(int target, NDArray logits, NDManager manager) {
        float[] one = new float[(int) logits.getShape().get(1)];
        one[target] = 1;
        return manager.create(one, new Shape(1, one.length));
    }

    /** One, or four if the network averages over mirror images. */
    public int views() {
        return (int) shape.get(0);
    }

    public int channels() {
        return (int) shape.get(1);
    }

    /** Of the layer's map. */
    public int height() {
        return (int) shape.get(2);
    }

    /** Of the layer's map. */
    public int width() {
        return (int) shape.get(3);
    }

    /** The layer's activations. */
    public float[] activations() {
        return activations;
    }

    /** The network's last map of a view, from the same pass: (channels, height, width). */
    public float[] lastMap(int view) {
        int each = lastMap.length / views();
        return Arrays.copyOfRange(lastMap, view * each, (view + 1) * each);
    }

    /** Of the last map. */
    public int lastHeight() {
        return (int) lastShape.get(2);
    }

    /** Of the last map. */
    public int lastWidth() {
        return (int) lastShape.get(3);
    }

    /** Gradient of the logit by each activation. */
    public float[] gradient() {
        return gradient;
    }
}
