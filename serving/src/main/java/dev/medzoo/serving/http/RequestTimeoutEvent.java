package dev.medzoo.serving.http;

/** Goes through the pipeline as a user event when a client takes too long over a request. */
public enum RequestTimeoutEvent {
    /** The only one there is: at most one for each connection. */
    INSTANCE
}
