package dev.medzoo.zoo.runtime;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import dev.medzoo.translate.FindingTranslatorFactory;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import java.nio.charset.StandardCharsets;

/** The properties that a loaded model offers to translators and callers. */
final class ModelProperties {
    private ModelProperties() {}

    static void set(Model model, ArtifactContent content, String digest, String runtime)
            throws MalformedModelException {
        byte[] artifact = content.file(ArtifactFiles.ARTIFACT);
        model.setProperty(
                FindingTranslatorFactory.ARTIFACT_PROPERTY,
                new String(artifact, StandardCharsets.UTF_8));
        model.setProperty(FindingTranslatorFactory.DIGEST_PROPERTY, digest);
        model.setProperty(InferenceRuntime.PROPERTY, runtime);
    }
}
