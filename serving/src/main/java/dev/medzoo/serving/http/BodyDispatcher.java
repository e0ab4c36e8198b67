package dev.medzoo.serving.http;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Handles requests that have a body, off the event loops: to unpack and to read one takes its time.
 *
 * @param executor of their handlers
 * @param maxBytes of one that is unpacked
 */
public record BodyDispatcher(Executor executor, int maxBytes) {
    CompletableFuture<Reply> handle(Handler handler, Request request, ContentCoding coding) {
        CompletableFuture<CompletableFuture<Reply>> begun = new CompletableFuture<>();
        executor.execute(
                () -> {
                    try {
                        begun.complete(begin(handler, request, coding));
                    } catch (OutOfMemoryError e) {
                        begun.completeExceptionally(new RefusedException(Refusal.outOfMemory()));
                    } catch (RefusedException | RuntimeException | Error e) {
                        begun.completeExceptionally(e);
                    }
                });
        return begun.thenCompose(reply -> reply);
    }

    private CompletableFuture<Reply> begin(Handler handler, Request request, ContentCoding coding)
            throws RefusedException {
        if (request.gone().isDone()) {
            throw new RefusedException(Refusal.clientGone());
        }
        request.unpacked(coding.unpack(request.body(), maxBytes));
        return handler.answer(request);
    }
}
