package dev.medzoo.serving;

/** Carries a refusal from where it is found to the {@link Router}. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        // A client can cause thousands of these a second, so they have no stack trace.
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
