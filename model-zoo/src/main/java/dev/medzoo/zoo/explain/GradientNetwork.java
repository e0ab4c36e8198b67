package dev.medzoo.zoo.explain;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.network.ClassifierHead;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.network.ReferenceCounted;

/** A copy of a model's network in float32 on the engine with gradients. */
final class GradientNetwork implements AutoCloseable {
    private static final String ENGINE = "PyTorch";

    private final Network network;
    private final ClassifierHead head;
    private final NDManager arrays;
    private final ReferenceCounted open;

    private GradientNetwork(Network network, NDManager arrays) {
        this.network = network;
        this.arrays = arrays;
        head = ClassifierHead.of(network);
        open = new ReferenceCounted(arrays::close);
    }

    /**
     * Starts the engine, if it has not started yet.
     *
     * @throws EngineException when this machine has no such engine
     * @throws LinkageError as well
     */
    static void startEngine() {
        Engine.getEngine(ENGINE);
    }

    /** Reads the weights. */
    static GradientNetwork of(ArtifactContent content) throws MalformedModelException {
        NDManager arrays = Engine.getEngine(ENGINE).newBaseManager();
        try {
            return new GradientNetwork(content.network(arrays), arrays);
        } catch (MalformedModelException | RuntimeException e) {
            arrays.close();
            throw e;
        }
    }

    /**
     * The map of {@link LayerCam#fused}.
     *
     * @throws IllegalStateException when this is closed
     */
    HeatMap map(NetworkInput picture, int target) {
        open.enter();
        try {
            return LayerCam.fused(
                    network, head, picture, target, LayerCam.usualPart(network), arrays);
        } finally {
            open.leave();
        }
    }

    /** Frees the weights once the last computing thread has left. */
    @Override
    public void close() {
        open.close();
    }
}
