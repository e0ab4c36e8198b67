package dev.medzoo.translate;

import ai.djl.ndarray.NDManager;
import ai.djl.translate.TranslatorContext;

/**
 * Leaves a predictor's arrays to the predictor alone. DJL frees them with its model as well, also
 * while another thread computes with them, which can end the process.
 */
final class PredictorArrays {
    private PredictorArrays() {}

    /**
     * To be called before a predictor's first array is made.
     *
     * @throws IllegalStateException when the model is closed, or is being closed
     */
    static void keep(TranslatorContext ctx) {
        NDManager models = ctx.getModel().getNDManager();
        models.detachInternal(key(ctx.getPredictorManager()));
        // Closed before it was detached: then its arrays may be freed at any time.
        if (!models.isOpen()) {
            throw new IllegalStateException(
                    "model: %s is closed (expected: open)".formatted(ctx.getModel().getName()));
        }
    }

    /** What a manager is attached by: its name, as long as nobody gave it one. */
    private static String key(NDManager manager) {
        String given = manager.getName();
        manager.setName(null);
        String key = manager.getName();
        manager.setName(given);
        return key;
    }
}
