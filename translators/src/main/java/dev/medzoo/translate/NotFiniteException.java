package dev.medzoo.translate;

import ai.djl.translate.TranslateException;

/** Thrown when a network's output is not finite, as for an input that is far from any picture. */
public final class NotFiniteException extends TranslateException {
    private static final long serialVersionUID = 1;

    NotFiniteException() {
        super(
                "network: no finite numbers (expected: an input that is normalised as the artifact says)");
    }

    /** Whether a failure is a {@code NotFiniteException} or has one among its causes. */
    public static boolean isIn(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof NotFiniteException) {
                return true;
            }
        }
        return false;
    }
}
