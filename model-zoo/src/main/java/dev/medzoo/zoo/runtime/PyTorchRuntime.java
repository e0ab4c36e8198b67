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
 * DJL's Blocks on PyTorch: what training uses, what a graphics card runs, and what the others are
 * compared with.
 *
 * @param folder of the artifact, which the model remembers
 * @param device that it computes on; the engine's own choice when null
 * @param options of DJL's loader
 */
record PyTorchRuntime(Path folder, @Nullable Device device, Map<String, String> options)
        implements InferenceRuntime {
    /** DJL's name of the engine. */
    static final String ENGINE = "PyTorch";

    /** Its word in settings. */
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
