package dev.medzoo.serving.http;

/** Who may take a route, and at which of the two addresses it is. */
public enum Access {
    /** Everybody, at both: what a probe or a reader of the document asks. */
    OPEN,
    /** Those who may predict, at the inference address. */
    PREDICT,
    /** Those who may watch, at the management address. */
    OBSERVE,
    /** Those who may change what is served, at the management address. */
    MANAGE;

    /** Whether it is at the inference address. */
    public boolean isInference() {
        return this == OPEN || this == PREDICT;
    }

    /** Whether it is at the management address. */
    public boolean isManagement() {
        return this != PREDICT;
    }
}
