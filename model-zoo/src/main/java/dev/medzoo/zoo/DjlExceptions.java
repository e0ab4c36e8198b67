package dev.medzoo.zoo;

import ai.djl.ModelException;

/**
 * DJL's {@code Repository} and {@code BlockFactory} declare {@link java.io.IOException} alone,
 * while {@code Criteria.loadModel}, which calls them, declares DJL's model exceptions as well. This
 * class rethrows those unchecked, so that callers can catch the documented type.
 */
final class DjlExceptions {
    private DjlExceptions() {}

    /** Throws the exception; the return type only lets a caller write {@code throw}. */
    static RuntimeException pass(ModelException exception) {
        DjlExceptions.<RuntimeException>undeclared(exception);
        throw new AssertionError("thrown above", exception);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> void undeclared(Exception exception) throws E {
        throw (E) exception;
    }
}
