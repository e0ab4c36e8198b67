package dev.medzoo.serving.traffic;

/** A model that must be served from the start cannot be loaded. */
public final class LoadException extends Exception {
    private static final long serialVersionUID = 1;

    private final String what;
    private final Throwable reason;

    LoadException(String what, Throwable reason) {
        super(what + ": " + reason.getMessage(), reason);
        this.what = what;
        this.reason = reason;
    }

    /** The model, or the store. */
    public String what() {
        return what;
    }

    /** What is wrong with it. */
    public Throwable reason() {
        return reason;
    }
}
