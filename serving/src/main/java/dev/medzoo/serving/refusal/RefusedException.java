package dev.medzoo.serving.refusal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Carries a refusal to where the response is written. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        // A client can cause thousands of these a second, so they have no stack trace.
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }

    /** A future that failed with a refusal. */
    public static <T> CompletableFuture<T> failed(Refusal refusal) {
        return CompletableFuture.failedFuture(new Carried(new RefusedException(refusal)));
    }

    /** The refusal of a failed future, or null when it failed for another reason. */
    public static @Nullable Refusal in(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof RefusedException refused ? refused.refusal() : null;
    }

    /** What the stages of a future would wrap it in, a stack trace each time. */
    private static final class Carried extends CompletionException {
        private static final long serialVersionUID = 1;

        Carried(RefusedException cause) {
            super(cause);
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
