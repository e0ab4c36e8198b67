package dev.medzoo.zoo.runtime;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import dev.medzoo.translate.EngineDefaults;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The single environment of ONNX Runtime in this process. */
final class OnnxEnvironment {
    private static final Logger logger = LoggerFactory.getLogger(OnnxEnvironment.class);

    private OnnxEnvironment() {}

    /**
     * Gets or creates it. If a program has DJL's own engine for ONNX Runtime, that engine creates
     * it, because it fails to start in a process where another did. An existing environment is used
     * as it is.
     */
    static OrtEnvironment get() {
        EngineDefaults.set();
        OnnxLibraries.lead();
        try {
            if (Engine.hasEngine(OnnxRuntime.ENGINE)) {
                Engine.getEngine(OnnxRuntime.ENGINE);
            }
        } catch (IllegalStateException | LinkageError e) {
            logger.debug("engine {} of DJL: not started", OnnxRuntime.ENGINE, e);
        }
        return OrtEnvironment.getEnvironment();
    }
}
