package dev.medzoo.zoo.runtime;

import ai.djl.BaseModel;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.util.passthrough.PassthroughNDManager;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.network.NetworkConfig;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A DJL model of a network that ONNX Runtime computes. Its arrays are plain memory. */
public final class OnnxModel extends BaseModel {
    private final OnnxNetwork network;

    /**
     * Creates a model of a graph, which is validated before ONNX Runtime reads it.
     *
     * @param name of the model
     * @param network expected network
     * @throws MalformedModelException when it is another network, is more than data, would cost too
     *     much, or ONNX Runtime refuses it
     */
    public static OnnxModel of(String name, byte[] graph, NetworkConfig network)
            throws MalformedModelException {
        return new OnnxModel(name, OnnxNetwork.of(graph, network, "graph of " + name));
    }

    /**
     * Creates the block of an artifact's graph for a model of another engine, which only holds the
     * arrays. It is closed with the model.
     *
     * @param content verified, of a network that is a graph
     * @param digest of its manifest
     * @throws MalformedModelException as {@link #of}
     */
    public static Block blockOf(Model model, ArtifactContent content, String digest)
            throws MalformedModelException {
        Artifact artifact = content.artifact();
        OnnxNetwork network =
                OnnxNetwork.of(
                        content.file(ArtifactFiles.ONNX),
                        artifact.network(),
                        "graph of " + artifact.name());
        model.getNDManager().attachInternal("medzoo.graph", network);
        ModelProperties.set(model, content, digest, OnnxRuntime.FLOAT.word());
        return network;
    }

    /** Takes ownership of the network, which is closed with the model. */
    private OnnxModel(String name, OnnxNetwork network) {
        super(name);
        this.network = network;
        manager = PassthroughNDManager.INSTANCE;
        dataType = DataType.FLOAT32;
        setBlock(network);
    }

    @Override
    public void load(
            @Nullable Path path, @Nullable String prefix, @Nullable Map<String, ?> options) {
        throw new UnsupportedOperationException("model: loaded (expected: loaded once)");
    }

    @Override
    public void close() {
        network.close();
    }

    /**
     * Does nothing: DJL's version warns about models whose manager is open, and this one's always
     * is.
     */
    @Override
    @SuppressWarnings({"deprecation", "Finalize"})
    protected void finalize() {
        network.close();
    }
}
