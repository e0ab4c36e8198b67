package dev.medzoo.zoo.network;

import ai.djl.nn.Block;
import dev.medzoo.translate.transform.InputSize;
import java.util.List;

/** Every choice that makes one {@link Network} differ from another. */
public interface BlockConfig extends NetworkConfig {
    /** Width of a fully connected layer before the logits; 0 for none. */
    int fcUnits();

    /** Share of what the last layer is given that is dropped in training, in [0, 1). */
    double dropout();

    /**
     * Whether logits and features are, outside training, the mean over a picture's four mirror
     * images.
     */
    boolean flips();

    /** The smallest pictures that a network of this depth can see. */
    InputSize smallestInput();

    /** The same network with another number of classes. */
    BlockConfig withClasses(int other);

    /** The same network for pictures of another size; its parameters keep their shapes. */
    BlockConfig withInput(InputSize other);

    /** The same network, with or without the mean over mirror images. */
    BlockConfig withFlips(boolean averaged);

    /**
     * New blocks from the pictures to the last feature map, in the order that a picture passes
     * them. Those with parameters are the parts that a transfer freezes, the first first; what has
     * none belongs to the part before.
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
