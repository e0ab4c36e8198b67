package dev.medzoo.translate;

import ai.djl.translate.TranslatorContext;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Keeps one value per picture of a batch from pre-processing to post-processing. A translator
 * context lives for one batch, and both steps see the pictures in the same order.
 */
final class BatchQueue<T> extends ArrayDeque<T> {
    private static final long serialVersionUID = 1L;

    /**
     * Returns the queue of that name, empty at first.
     *
     * @param name unique to one element type
     */
    @SuppressWarnings("unchecked") // one name is used for one type
    static <T> Queue<T> of(TranslatorContext ctx, String name) {
        if (ctx.getAttachment(name) instanceof BatchQueue<?> queue) {
            return (BatchQueue<T>) queue;
        }
        BatchQueue<T> queue = new BatchQueue<>();
        ctx.setAttachment(name, queue);
        return queue;
    }
}
