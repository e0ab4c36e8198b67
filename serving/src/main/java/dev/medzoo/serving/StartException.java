package dev.medzoo.serving;

/** A server could not start. The message is one line. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    StartException(String message, Throwable cause) {
        super(message.lines().findFirst().orElse(message), cause);
    }

    /** Appends the cause's message to what failed. */
    static StartException of(String what, Throwable cause) {
        String why = cause.getMessage();
        return new StartException(
                what + ": " + (why == null ? cause.getClass().getSimpleName() : why), cause);
    }
}
