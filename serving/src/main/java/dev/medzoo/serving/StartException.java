package dev.medzoo.serving;

/** Why a server could not start, in one line. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    StartException(String message, Throwable cause) {
        super(message.lines().findFirst().orElse(message), cause);
    }

    /** What failed, and the cause's own words for it. */
    static StartException of(String what, Throwable cause) {
        String why = cause.getMessage();
        return new StartException(
                what + ": " + (why == null ? cause.getClass().getSimpleName() : why), cause);
    }
}
