package dev.medzoo.serving.dicomweb;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Processing of one or all instances failed. The message names no instance. */
final class NodeException extends Exception {
    private static final long serialVersionUID = 1;

    private final Remedy remedy;
    private final transient Duration retryAfter;

    /** How to proceed after the failure. */
    enum Remedy {
        /** Give up: a retry would fail in the same way. */
        NONE,
        /** Retry this instance later, a few times. */
        FEW_TRIES,
        /** Retry this instance later, until it succeeds. */
        LATER,
        /** Pause all instances: none would succeed now. */
        WAIT
    }

    NodeException(Remedy remedy, String message) {
        this(remedy, message, Duration.ZERO, null);
    }

    /**
     * @param retryAfter the server's Retry-After
     */
    NodeException(Remedy remedy, String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
        this.retryAfter = retryAfter;
    }

    Remedy remedy() {
        return remedy;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
