package dev.medzoo.registry.gate;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.network.GraphSignature;
import dev.medzoo.zoo.network.graph.GraphConfig;
import dev.medzoo.zoo.onnx.OnnxFile;

/**
 * The weights are the network's: loading refuses other shapes and numbers that are not finite, and
 * the card says how many there are.
 */
final class WeightsCheck implements Check {
    @Override
    public String name() {
        return "weights";
    }

    @Override
    public String expected(Subject subject) {
        return "finite numbers in the network's shapes, %d of them, as the card says"
                .formatted(subject.content().card().parameters());
    }

    @Override
    public String remedy() {
        return "restore the files that medzoo train wrote, or train again";
    }

    @Override
    public Seen look(Subject subject) throws MalformedModelException {
        ArtifactContent content = subject.content();
        if (content.artifact().network() instanceof GraphConfig graph) {
            byte[] file = content.file(ArtifactFiles.ONNX);
            GraphSignature.of(graph).check(file, ArtifactFiles.ONNX);
            long count = OnnxFile.read(file).weights();
            String text = count + " numbers, finite, data alone";
            return count == content.card().parameters()
                    ? Seen.good(text)
                    : Seen.bad(text, "restore the file that medzoo wrap read, or wrap it again");
        }
        try (NDManager scratch = NDManager.newBaseManager("PyTorch")) {
            long count = content.network(scratch).parameterCount();
            return Seen.of(count == content.card().parameters(), count + " parameters, finite");
        }
    }
}
