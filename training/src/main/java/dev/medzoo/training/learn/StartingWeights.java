package dev.medzoo.training.learn;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import dev.medzoo.zoo.network.Network;
import java.io.IOException;

/** Trained weights that a run starts from. */
@FunctionalInterface
public interface StartingWeights {

    /**
     * The network that has them, to be closed with the manager.
     *
     * @throws MalformedModelException when they are not this network's
     */
    Network network(NDManager manager) throws IOException, MalformedModelException;
}
