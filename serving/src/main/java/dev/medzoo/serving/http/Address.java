package dev.medzoo.serving.http;

import java.net.URI;

/**
 * The address of a listener.
 *
 * @param port 0 for any free port
 */
public record Address(boolean isTls, String host, int port) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /**
     * Reads {@code http(s)://host:port}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Address parse(String text) {
        URI uri = URI.create(text);
        String scheme = uri.getScheme();
        boolean isTls = "https".equals(scheme);
        if ((!isTls && !"http".equals(scheme)) || uri.getHost() == null) {
            throw new IllegalArgumentException(text);
        }
        int usual = isTls ? HTTPS : HTTP;
        return new Address(isTls, uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort());
    }

    /** A copy with another port. */
    public Address at(int other) {
        return new Address(isTls, host, other);
    }

    @Override
    public String toString() {
        return (isTls ? "https://" : "http://") + host + ":" + port;
    }
}
