package dev.medzoo.serving.tls;

/** A key or a certificate that cannot be used: in one line, which, and what was expected. */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1;

    TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
