package dev.medzoo.zoo.runtime;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;

/**
 * Runs the artifact's graph with ONNX Runtime on this machine's processor. It is faster than
 * PyTorch and needs less memory, because native PyTorch is never loaded.
 */
enum OnnxRuntime implements InferenceRuntime {
    /** float32 weights and activations; equals the Block's results to about 1e-5. */
    FLOAT("onnx", ArtifactFiles.ONNX),

    /** 8-bit weights and activations, if {@code evaluate} found them accurate enough. */
    INT8("onnx-int8", ArtifactFiles.ONNX_INT8);

    /** The name that DJL gives this engine, for {@code optEngine}. */
    static final String ENGINE = "OnnxRuntime";

    private final String word;
    private final String file;

    OnnxRuntime(String word, String file) {
        this.word = word;
        this.file = file;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public boolean canLoad(ArtifactContent content) {
        return content.has(file);
    }

    @Override
    public Model load(ArtifactContent content, String digest) throws MalformedModelException {
        String name = content.artifact().name();
        Model model = OnnxModel.of(name, content.file(file), content.artifact().network());
        ModelProperties.set(model, content, digest, word);
        return model;
    }
}
