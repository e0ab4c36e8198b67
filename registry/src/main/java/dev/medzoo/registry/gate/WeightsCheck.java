package dev.medzoo.registry.gate;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import dev.medzoo.zoo.ArtifactContent;

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
        return "finite, of the network's shapes, %d as the card says"
                .formatted(subject.content().card().parameters());
    }

    @Override
    public String mend() {
        return "put back the files that medzoo train wrote, or run it again";
    }

    @Override
    public Seen look(Subject subject) throws MalformedModelException {
        ArtifactContent content = subject.content();
        try (NDManager scratch = NDManager.newBaseManager("PyTorch")) {
            long count = content.network(scratch).parameterCount();
            return Seen.of(count == content.card().parameters(), count + " parameters, finite");
        }
    }
}
