package dev.medzoo.zoo.explain;

import ai.djl.ModelException;
import dev.medzoo.zoo.artifact.ArtifactContent;
import java.io.IOException;

/** Supplies the verified files of a loaded model again when needed. */
@FunctionalInterface
public interface ContentSource {
    /**
     * Reads and verifies them.
     *
     * @throws ModelException when they are gone, revoked, or not what they were
     */
    ArtifactContent content() throws IOException, ModelException;
}
