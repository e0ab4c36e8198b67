package dev.medzoo.serving;

import dev.medzoo.translate.Finding;
import java.util.concurrent.CompletableFuture;

/**
 * A request that waits for a worker.
 *
 * @param finding completed by the worker, or failed with a {@link RefusedException}
 */
record Job(Request request, CompletableFuture<Finding> finding) {
    void refuse(Refusal refusal) {
        finding.completeExceptionally(new RefusedException(refusal));
    }
}
