package dev.medzoo.serving.dicomweb;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Allows redirects to the same origin only: same scheme, host and port. */
final class RedirectPolicy {
    private RedirectPolicy() {}

    /**
     * Resolves a redirect.
     *
     * @param from requested URL
     * @param location of the response
     * @return empty when it is another origin or malformed
     */
    static Optional<URI> follow(URI from, String location) {
        URI to;
        try {
            to = from.resolve(URI.create(location));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean isSame =
                to.getHost() != null && to.getUserInfo() == null && origin(from).equals(origin(to));
        return isSame ? Optional.of(to) : Optional.empty();
    }

    /** Whether a server is on this machine. */
    static boolean isLoopback(URI address) {
        return address.getHost().matches("(?i)localhost|127\\..*|\\[::1]");
    }

    private static String origin(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        int port = address.getPort() < 0 ? usual : address.getPort();
        return scheme + "://" + address.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }
}
