package dev.medzoo.zoo.network;

import ai.djl.nn.Block;
import dev.medzoo.translate.transform.InputSize;
import java.util.List;

/** All architecture choices of a {@link Network}. */
public interface BlockConfig extends NetworkConfig {
    /** Width of a fully connected layer before the logits; 0 for none. */
    int fcUnits();

    /** Dropout rate of the last layer's input in training, in [0, 1). */
    double dropout();

    /**
     * Whether logits and features are averaged over a picture's four mirror images outside
     * training.
     */
    boolean flips();

    /** The smallest input that a network of this depth accepts. */
    InputSize smallestInput();

    /** The same network with another number of classes. */
    BlockConfig withClasses(int other);

    /** The same network for pictures of another size; its parameters keep their shapes. */
    BlockConfig withInput(InputSize other);

    /** The same network, with or without the mean over mirror images. */
    BlockConfig withFlips(boolean averaged);

    /**
     * Creates the blocks from the pictures to the last feature map, in forward order. Blocks with
     * parameters are the parts that a transfer freezes, from the first on; a block without
     * parameters belongs to the part before it.
     */
    List<Named> body();

    /**
     * A block of the body: a {@link GraphPart}, a sequence of {@link Convolution}s, or a {@link
     * Convolution#halve}.
     *
     * @param name of it among the network's children
     */
    record Named(String name, Block block) {}
}
