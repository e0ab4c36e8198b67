package dev.medzoo.zoo.runtime;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import dev.medzoo.zoo.artifact.ArtifactContent;
import java.io.IOException;

/**
 * What computes an artifact's network. All give the same findings, within what the model's card
 * says of them; they differ in speed and memory.
 */
public sealed interface InferenceRuntime permits PyTorchRuntime, OnnxRuntime {
    /** The model property that says which one computes: its {@link #word}. */
    String PROPERTY = "medzoo.runtime";

    /** In settings and answers, such as {@code onnx-int8}. */
    String word();

    /** Whether the artifact has the files that it needs. */
    boolean canLoad(ArtifactContent content);

    /**
     * A model with the artifact's network, which takes float32 (batch, 3, height, width) and gives
     * logits, pooled features and the last feature map, as {@link dev.medzoo.zoo.network.Network}
     * does.
     *
     * @param content verified, of which nothing is read again
     * @param digest of its manifest
     * @throws MalformedModelException when what it needs is absent or not a network
     */
    Model load(ArtifactContent content, String digest) throws IOException, MalformedModelException;
}
