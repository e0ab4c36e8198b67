package dev.medzoo.zoo.runtime;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import dev.medzoo.translate.EngineDefaults;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one environment of ONNX Runtime in this process. */
final class OnnxEnvironment {
    private static final Logger logger = LoggerFactory.getLogger(OnnxEnvironment.class);

    private OnnxEnvironment() {}

    /**
     * Finds it. Where a program has DJL's own engine for ONNX Runtime, that makes it: it fails to
     * start in a process where somebody else did. Where somebody has, it is taken as it is.
     */
    static OrtEnvironment get() {
        EngineDefaults.set();
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
