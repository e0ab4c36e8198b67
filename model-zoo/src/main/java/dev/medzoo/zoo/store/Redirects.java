package dev.medzoo.zoo.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Allowed redirects of an http store: to its own host and to configured hosts. Otherwise the
 * store's operator could probe whatever its clients can reach (server-side request forgery).
 */
final class Redirects {
    /** The setting that names other hosts, as a system property. */
    static final String PROPERTY = "medzoo.store.redirects";

    /** The same as an environment variable; the property goes before it. */
    static final String VARIABLE = "MEDZOO_STORE_REDIRECTS";

    private static final String HTTPS = "https";

    private final URI root;
    private final Set<String> named;

    /**
     * @param root of the store
     * @param named hosts, or hosts and ports, in lower case
     */
    Redirects(URI root, Set<String> named) {
        this.root = root;
        this.named = Set.copyOf(named);
    }

    /**
     * Reads hosts that are parted by commas, such as {@code cdn.example,files.example:8443}.
     *
     * @throws IllegalArgumentException when one is no host
     */
    static Set<String> parse(String text) {
        Set<String> hosts = new TreeSet<>();
        for (String each : text.split(",", -1)) {
            String host = each.strip().toLowerCase(Locale.ROOT);
            if (!host.matches("(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:\\d{1,5})?")) {
                throw new IllegalArgumentException(
                        "store_redirects: %s (expected: hosts, such as cdn.example,files.example:8443)"
                                .formatted(each));
            }
            hosts.add(host);
        }
        return hosts;
    }

    /** Those that the settings name. */
    static Set<String> fromSettings() {
        return CacheFolder.setting(PROPERTY, VARIABLE).map(Redirects::parse).orElse(Set.of());
    }

    /**
     * Where one leads.
     *
     * @param from what was asked for
     * @param location as the answer says
     * @throws IOException when it may not lead there
     */
    URI follow(URI from, String location) throws IOException {
        URI to;
        try {
            to = from.resolve(URI.create(location));
        } catch (IllegalArgumentException e) {
            throw refuse(from, location, "an address");
        }
        String host = to.getHost();
        boolean isHttps = HTTPS.equalsIgnoreCase(to.getScheme());
        if (host == null
                || to.getUserInfo() != null
                || (!isHttps && !"http".equalsIgnoreCase(to.getScheme()))) {
            throw refuse(from, location, "an http(s) address");
        }
        if (HTTPS.equalsIgnoreCase(from.getScheme()) && !isHttps) {
            throw refuse(from, location, "https, as before");
        }
        boolean isOwn = isOwn(to);
        if (!isOwn && !isNamed(to)) {
            throw refuse(from, location, root.getHost() + ", or a host in store_redirects");
        }
        if (!isOwn && isLocal(host) && !isLocal(root.getHost())) {
            throw refuse(from, location, "no loopback or link-local address");
        }
        return to;
    }

    /** The same host and port; or its https, where it was http at the usual port. */
    boolean isOwn(URI to) {
        boolean isUpgrade = port(root) == 80 && port(to) == 443;
        return root.getHost().equalsIgnoreCase(to.getHost())
                && (port(root) == port(to) || isUpgrade);
    }

    private boolean isNamed(URI to) {
        String host = to.getHost().toLowerCase(Locale.ROOT);
        int usual = HTTPS.equalsIgnoreCase(to.getScheme()) ? 443 : 80;
        return (port(to) == usual && named.contains(host)) || named.contains(host + ":" + port(to));
    }

    private static int port(URI address) {
        int usual = HTTPS.equalsIgnoreCase(address.getScheme()) ? 443 : 80;
        return address.getPort() < 0 ? usual : address.getPort();
    }

    private static boolean isLocal(String host) throws IOException {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .anyMatch(
                            each ->
                                    each.isLoopbackAddress()
                                            || each.isLinkLocalAddress()
                                            || each.isAnyLocalAddress());
        } catch (UnknownHostException e) {
            throw new IOException(host + ": unknown host (expected: a known one)", e);
        }
    }

    private static IOException refuse(URI from, String location, String expected) {
        return new IOException(
                "%s: redirects to %s (expected: %s)".formatted(from, location, expected));
    }
}
