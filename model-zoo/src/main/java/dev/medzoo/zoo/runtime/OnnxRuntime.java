package dev.medzoo.zoo.runtime;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;

/**
 * ONNX Runtime on this machine's processor, which runs the artifact's graph. It is faster than
 * PyTorch and needs less memory, as native PyTorch is never loaded.
 */
enum OnnxRuntime implements InferenceRuntime {
    /** With weights and activations of 32 bits, the same numbers as the Block's to about 1e-5. */
    FLOAT("onnx", ArtifactFiles.ONNX),

    /** With weights and activations of 8 bits, as {@code evaluate} found them good enough. */
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
