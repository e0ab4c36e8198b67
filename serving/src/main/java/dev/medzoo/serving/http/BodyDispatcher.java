package dev.medzoo.serving.http;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Runs the handlers of requests with a body on worker threads, since decompressing and parsing
 * would block an event loop.
 *
 * @param executor that runs the handlers
 * @param maxBytes maximum size of a decompressed body
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
