package dev.medzoo.zoo.runtime;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.network.BlockConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs DJL's Blocks on PyTorch: used in training and on graphics cards, and the reference for the
 * other runtimes.
 *
 * @param folder of the artifact, kept as the model's path
 * @param device that it computes on; the engine's default if null
 * @param options of DJL's loader
 */
record PyTorchRuntime(Path folder, @Nullable Device device, Map<String, String> options)
        implements InferenceRuntime {
    /** DJL's name of the engine. */
    static final String ENGINE = "PyTorch";

    /** Its name in settings. */
    static final String WORD = "pytorch";

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public boolean canLoad(ArtifactContent content) {
        return content.artifact().network() instanceof BlockConfig;
    }

    @Override
    public Model load(ArtifactContent content, String digest)
            throws IOException, MalformedModelException {
        Model model = Model.newInstance(content.artifact().name(), device, ENGINE);
        try {
            model.setBlock(new UnloadedNetwork(model, content, digest));
            model.load(folder, null, options);
            return model;
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw e;
        }
    }
}
