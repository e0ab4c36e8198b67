package dev.medzoo.translate;

import ai.djl.translate.TranslatorContext;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Something kept of each picture of a batch from its input to its output. A context lives for one
 * batch, whose pictures go in and come out in one order.
 */
final class BatchQueue<T> extends ArrayDeque<T> {
    private static final long serialVersionUID = 1L;

    /**
     * The queue of a name, empty at first.
     *
     * @param name that nothing else of another type has
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
