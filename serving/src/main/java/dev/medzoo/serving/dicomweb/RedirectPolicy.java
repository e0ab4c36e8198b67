package dev.medzoo.serving.dicomweb;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Where a server may send those who ask it: to itself, by the same scheme and port. */
final class RedirectPolicy {
    private RedirectPolicy() {}

    /**
     * Where an answer leads.
     *
     * @param from what was asked for
     * @param location as the answer says
     * @return empty when it is another server, or no address
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
