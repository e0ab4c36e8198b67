package dev.medzoo.training.learn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.medzoo.training.data.BatchArray;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.zoo.network.Network;
import java.util.Arrays;

/**
 * A network on a device, which takes its share of each batch. The first of a run's replicas is the
 * one that the optimiser moves; the others give it their gradients and then follow it.
 */
final class Replica {
    private final Network network;
    private final NDManager manager;
    private final ParameterStore store;
    private final BatchArray pictures = new BatchArray();

    /**
     * @param network initialised, on the manager's device
     */
    private Replica(Network network, NDManager manager) {
        this.network = network;
        this.manager = manager;
        store = new ParameterStore(manager, false);
    }

    /** A network with random weights. */
    static Replica random(Recipe recipe, Network network, NDManager manager) {
        network.initialize(manager, recipe.seed());
        return of(recipe, network, manager);
    }

    private static Replica of(Recipe recipe, Network network, NDManager manager) {
        if (recipe.precision() != null && recipe.precision().isBFloat16()) {
            network.computeInBFloat16(manager);
        }
        return new Replica(network, manager);
    }

    /** A copy of this one on another device. */
    Replica on(Device device, Recipe recipe) {
        NDManager there = manager.newSubManager(device);
        return of(recipe, network.copy(there), there);
    }

    Network network() {
        return network;
    }

    /**
     * The loss of some pictures of a batch, as their part of the whole batch's mean.
     *
     * @param inputs of the whole batch, float32 (batch, 3, height, width)
     * @param targets of the whole batch, (batch, classes)
     * @param from first picture, from 0
     * @param to after the last picture
     * @param batch pictures of the whole batch
     * @param scratch that owns the loss
     */
    NDArray loss(float[] inputs, float[] targets, int from, int to, int batch, NDManager scratch) {
        int classes = network.config().classes();
        // What lies between is let go at once; what the gradient needs of it, the engine keeps.
        try (NDManager forward = manager.newSubManager()) {
            Shape shape = network.inputShape(to - from);
            int each = inputs.length / batch;
            NDArray seen = pictures.of(inputs, from * each, shape, forward);
            NDArray wanted =
                    forward.create(
                            Arrays.copyOfRange(targets, from * classes, to * classes),
                            new Shape(to - from, classes));
            NDArray logits = network.forward(store, new NDList(seen), true).head();
            NDArray loss = logits.logSoftmax(1).mul(wanted).sum().mul(-1f / batch);
            loss.attach(scratch);
            return loss;
        }
    }

    /** Adds this one's gradients to another's, and clears them. */
    void giveGradients(Replica to) {
        for (int i = 0; i < network.getParameters().size(); i++) {
            Parameter mine = network.getParameters().valueAt(i);
            if (mine.requiresGradient()) {
                NDArray weight = to.network.getParameters().valueAt(i).getArray();
                try (NDArray gradient = mine.getArray().getGradient();
                        NDArray here = gradient.toDevice(weight.getDevice(), false);
                        NDArray sum = weight.getGradient()) {
                    sum.addi(here);
                    gradient.muli(0);
                }
            }
        }
    }

    /** Takes over another one's weights and statistics. */
    void follow(Replica other) {
        network.copyFrom(other.network);
    }
}
