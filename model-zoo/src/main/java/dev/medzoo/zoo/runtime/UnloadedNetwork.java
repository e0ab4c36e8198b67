package dev.medzoo.zoo.runtime;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.network.ReferenceCounted;
import java.io.DataInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A placeholder for the network until DJL loads the parameters. Then it loads the verified ones,
 * whatever the file contains by now, and replaces itself with the network.
 */
public final class UnloadedNetwork extends AbstractBlock {
    private final Model model;
    private final ArtifactContent content;
    private final String digest;

    /**
     * @param model on PyTorch, whose block it becomes
     * @param digest of the content's manifest
     */
    public UnloadedNetwork(Model model, ArtifactContent content, String digest) {
        this.model = model;
        this.content = content;
        this.digest = digest;
    }

    @Override
    public void loadParameters(NDManager manager, DataInputStream unverified)
            throws MalformedModelException {
        model.setBlock(network(manager));
        ModelProperties.set(model, content, digest, PyTorchRuntime.WORD);
    }

    /**
     * Creates the network with its own arrays. DJL frees a model's arrays at once, even during a
     * computation; these are freed when the last computing thread has left.
     */
    private Network network(NDManager manager) throws MalformedModelException {
        NDManager arrays =
                NDManager.newBaseManager(manager.getDevice(), manager.getEngine().getEngineName());
        ReferenceCounted owner = new ReferenceCounted(arrays::close);
        try {
            Network network = content.network(arrays);
            network.ownedBy(owner);
            manager.attachInternal("medzoo.weights", owner);
            return network;
        } catch (MalformedModelException | RuntimeException e) {
            owner.close();
            throw e;
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            @Nullable PairList<String, Object> params) {
        throw notLoaded();
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        throw notLoaded();
    }

    private IllegalStateException notLoaded() {
        return new IllegalStateException(
                "weights of %s: not loaded (expected: Model.load first)"
                        .formatted(content.artifact().name()));
    }
}
