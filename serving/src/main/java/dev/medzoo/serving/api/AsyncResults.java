package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Answers that are asked for later. DJL Serving keeps them for ever and without number; here they
 * are at most so many, and each for so long.
 */
final class AsyncResults {
    /** Carries the token of the answer that a client asks for. */
    static final String ASK_HEADER = "x-starting-token";

    private static final String TOKEN_HEADER = "x-next-token";

    private final int capacity;
    private final long keepNanos;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    private record Kept(CompletableFuture<Reply> reply, long sinceNanos) {}

    /**
     * @param capacity answers at once; more are refused
     * @param keep how long one is kept from its question on
     */
    AsyncResults(int capacity, Duration keep) {
        this.capacity = capacity;
        this.keepNanos = keep.toNanos();
    }

    /**
     * Begins to compute an answer.
     *
     * @return its token
     * @throws RefusedException when there are too many
     */
    Reply keep(Supplier<CompletableFuture<Reply>> question) throws RefusedException {
        String token = UUID.randomUUID().toString();
        synchronized (this) {
            forgetOld();
            if (kept.size() >= capacity) {
                Kept oldest = kept.values().iterator().next();
                long wait = oldest.sinceNanos() + keepNanos - System.nanoTime();
                throw new RefusedException(
                        Refusal.later(
                                Kind.OVERLOADED,
                                "asynchronous answers: %d (expected: fewer than %d)"
                                        .formatted(kept.size(), capacity),
                                Duration.ofNanos(Math.max(0, wait))));
            }
            // Its place, before the question is put and can be answered.
            kept.put(token, new Kept(new CompletableFuture<>(), System.nanoTime()));
        }
        CompletableFuture<Reply> answer = question.get();
        synchronized (this) {
            kept.put(token, new Kept(answer, System.nanoTime()));
        }
        return empty(200, token);
    }

    private static Reply empty(int status, String token) {
        return Reply.text(status, Reply.JSON, "", Map.of())
                .with(TOKEN_HEADER, token)
                .with(CustomAttributes.HEADER, TOKEN_HEADER + "=" + token);
    }

    /**
     * What has become of a question.
     *
     * @return 202 while there is no answer
     * @throws RefusedException when there is no such question, or it is too long ago
     */
    synchronized Reply poll(String token) throws RefusedException {
        forgetOld();
        Kept found = kept.get(token);
        if (found == null) {
            throw new RefusedException(Refusal.badRequest("Invalid x-starting-token: " + token));
        }
        if (!found.reply().isDone()) {
            return empty(202, token);
        }
        return found.reply().exceptionally(AsyncResults::failed).join();
    }

    private static Reply failed(Throwable failure) {
        Refusal refusal = RefusedException.in(failure);
        return Reply.refusing(refusal == null ? Refusal.failed("No answer.") : refusal);
    }

    private void forgetOld() {
        long now = System.nanoTime();
        kept.values().removeIf(each -> now - each.sinceNanos() > keepNanos);
    }
}
