package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stores asynchronous answers until their clients fetch them. DJL Serving keeps them without limit;
 * here the number per client, the total number and the retention time are limited. A failed answer
 * is evicted as soon as its slot is needed. To fetch an answer a client presents the token of its
 * request, or, without one, names the same model.
 */
final class AsyncResults {
    /** Header with the token of the answer to fetch. */
    static final String ASK_HEADER = "x-starting-token";

    private static final String TOKEN_HEADER = "x-next-token";

    private final int capacity;
    private final int capacityOfOne;
    private final long keepNanos;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    /**
     * The owner of an answer.
     *
     * @param client whose slots it takes
     * @param caller the id of its token, or null
     * @param model as named in the request
     */
    record Requester(String client, @Nullable String caller, String model) {
        static Requester of(Request request, String model) {
            return new Requester(request.client(), request.caller(), model);
        }

        boolean mayRead(Requester owner) {
            return Objects.equals(caller, owner.caller())
                    && (caller != null || model.equals(owner.model()));
        }
    }

    private record Kept(Requester owner, CompletableFuture<Reply> reply, long sinceNanos) {
        boolean isFailed() {
            if (!reply.isDone()) {
                return false;
            }
            return reply.isCompletedExceptionally() || reply.join().refusal() != null;
        }
    }

    /**
     * @param capacity maximum number of answers; more are refused
     * @param capacityOfOne the same per client
     * @param keep retention time from the request on
     */
    AsyncResults(int capacity, int capacityOfOne, Duration keep) {
        this.capacity = capacity;
        this.capacityOfOne = capacityOfOne;
        this.keepNanos = keep.toNanos();
    }

    /**
     * Starts computing an answer.
     *
     * @return its token
     * @throws RefusedException when there are too many
     */
    Reply keep(Requester owner, Supplier<CompletableFuture<Reply>> computation)
            throws RefusedException {
        String token = UUID.randomUUID().toString();
        synchronized (this) {
            forgetOld();
            makeRoom(
                    Kind.TOO_MANY_REQUESTS,
                    "of this client",
                    capacityOfOne,
                    each -> each.owner().client().equals(owner.client()));
            makeRoom(Kind.OVERLOADED, "of all", capacity, each -> true);
            // Its place, before the computation begins and can be answered.
            kept.put(token, new Kept(owner, new CompletableFuture<>(), System.nanoTime()));
        }
        CompletableFuture<Reply> answer = computation.get();
        synchronized (this) {
            kept.put(token, new Kept(owner, answer, System.nanoTime()));
        }
        return empty(200, token);
    }

    /** Evicts a failed answer, or refuses. */
    private void makeRoom(Kind kind, String whose, int most, Predicate<Kept> those)
            throws RefusedException {
        List<Kept> taken = kept.values().stream().filter(those).toList();
        if (taken.size() < most) {
            return;
        }
        Optional<Kept> failed = taken.stream().filter(Kept::isFailed).findFirst();
        if (failed.isEmpty()) {
            long wait = taken.get(0).sinceNanos() + keepNanos - System.nanoTime();
            throw new RefusedException(
                    Refusal.later(
                            kind,
                            "asynchronous answers: %d %s (expected: fewer than %d)"
                                    .formatted(taken.size(), whose, most),
                            Duration.ofNanos(Math.max(0, wait))));
        }
        kept.values().remove(failed.get());
    }

    private static Reply empty(int status, String token) {
        return Reply.text(status, Reply.JSON, "", Map.of())
                .with(TOKEN_HEADER, token)
                .with(CustomAttributes.HEADER, TOKEN_HEADER + "=" + token);
    }

    /**
     * Fetches an answer.
     *
     * @return status 202 while it is pending
     * @throws RefusedException when the client has no such answer, or it has expired
     */
    synchronized Reply poll(String token, Requester requester) throws RefusedException {
        forgetOld();
        Kept found = kept.get(token);
        if (found == null || !requester.mayRead(found.owner())) {
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
