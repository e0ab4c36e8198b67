package dev.medzoo.training;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import dev.medzoo.training.learn.Scorer;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.network.NetworkType;
import dev.medzoo.zoo.runtime.OnnxModel;

/**
 * A candidate's network loaded for evaluation: on PyTorch, or on ONNX Runtime if it is a foreign
 * graph.
 */
final class ScoredNetwork implements AutoCloseable {
    private final Scorer scorer;
    private final AutoCloseable network;

    private ScoredNetwork(Scorer scorer, AutoCloseable network) {
        this.scorer = scorer;
        this.network = network;
    }

    /** Whether a candidate is a foreign graph, so that nothing has been fitted to it yet. */
    static boolean isWrapped(ArtifactContent content) {
        return content.artifact().network().kind() == NetworkType.ONNX;
    }

    /**
     * Loads it.
     *
     * @param device of PyTorch; a graph runs on the processor
     */
    static ScoredNetwork of(ArtifactContent content, Device device) throws MalformedModelException {
        Artifact artifact = content.artifact();
        if (isWrapped(content)) {
            byte[] graph = content.file(ArtifactFiles.ONNX);
            OnnxModel model = OnnxModel.of(artifact.name(), graph, artifact.network());
            return new ScoredNetwork(
                    new Scorer(model.getBlock(), artifact.network(), model.getNDManager()), model);
        }
        NDManager manager = NDManager.newBaseManager(device, "PyTorch");
        try {
            return new ScoredNetwork(new Scorer(content.network(manager), manager), manager);
        } catch (MalformedModelException | RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    Scorer scorer() {
        return scorer;
    }

    @Override
    public void close() {
        try {
            network.close();
        } catch (Exception e) {
            throw new IllegalStateException("network: not closed", e);
        }
    }
}
