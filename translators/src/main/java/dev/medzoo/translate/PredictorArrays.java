package dev.medzoo.translate;

import ai.djl.ndarray.NDManager;
import ai.djl.translate.TranslatorContext;

/**
 * Makes the predictor the only owner of its arrays. By default DJL also frees them when the model
 * is closed, even while another thread computes with them, which can crash the process.
 */
final class PredictorArrays {
    private PredictorArrays() {}

    /**
     * Call it before the predictor's first array is made.
     *
     * @throws IllegalStateException when the model is closed, or is being closed
     */
    static void keep(TranslatorContext ctx) {
        NDManager models = ctx.getModel().getNDManager();
        models.detachInternal(key(ctx.getPredictorManager()));
        // The model was closed before the detach, so the arrays may be freed at any time.
        if (!models.isOpen()) {
            throw new IllegalStateException(
                    "model: %s is closed (expected: open)".formatted(ctx.getModel().getName()));
        }
    }

    /** The key by which a manager is attached to its parent: its generated name. */
    private static String key(NDManager manager) {
        String given = manager.getName();
        manager.setName(null);
        String key = manager.getName();
        manager.setName(given);
        return key;
    }
}
