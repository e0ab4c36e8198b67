package dev.medzoo.zoo.runtime;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import dev.medzoo.zoo.artifact.ArtifactContent;
import java.io.IOException;

/**
 * A runtime that computes an artifact's network. All give the same findings, within the differences
 * that the model's card states. They differ in speed and memory.
 */
public sealed interface InferenceRuntime permits PyTorchRuntime, OnnxRuntime {
    /** The model property that holds the {@link #word} of the runtime in use. */
    String PROPERTY = "medzoo.runtime";

    /** Name in settings and responses, such as {@code onnx-int8}. */
    String word();

    /** Whether the artifact has the files that the runtime needs. */
    boolean canLoad(ArtifactContent content);

    /**
     * Loads a model with the artifact's network. It takes float32 (batch, 3, height, width) and
     * outputs logits, pooled features and the last feature map, as {@link
     * dev.medzoo.zoo.network.Network} does.
     *
     * @param content verified; no file is read again
     * @param digest of its manifest
     * @throws MalformedModelException when a needed file is absent or not a network
     */
    Model load(ArtifactContent content, String digest) throws IOException, MalformedModelException;
}
