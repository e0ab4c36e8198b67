package dev.medzoo.serving.oip;

/** Who asks, as far as the protocol knows: each transport adds what it knows more. */
public interface OipCall {
    /** Names this one request in logs. */
    String requestId();
}
