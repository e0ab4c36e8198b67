package dev.medzoo.serving.tls;

/** A key or a certificate is invalid. The message is one line. */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1;

    TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
