package dev.medzoo.serving.http;

/** Pipeline user event: a client takes too long to send a request. */
public enum RequestTimeoutEvent {
    /** The single instance. It is fired at most once per connection. */
    INSTANCE
}
