package dev.medzoo.serving.http;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host names that an address answers to. This protects against DNS rebinding: a web page may
 * point a name of its own at this machine and then read the responses, but the browser sends that
 * name in the {@code Host} header.
 *
 * @param names beside the loopback ones, in lower case
 */
public record AllowedHosts(Set<String> names) {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[.*]");

    public AllowedHosts {
        names = Set.copyOf(names);
    }

    /**
     * Parses a comma-separated list of names beside the loopback ones.
     *
     * @throws IllegalArgumentException when one is not a host name
     */
    public static AllowedHosts parse(String text) {
        Set<String> names = new TreeSet<>();
        for (String each : text.split(",", -1)) {
            Authority host = Authority.parse(each.strip());
            if (host == null || host.port() >= 0) {
                throw new IllegalArgumentException(each);
            }
            names.add(host.host().toLowerCase(Locale.ROOT));
        }
        return new AllowedHosts(names);
    }

    /**
     * Whether it answers a request that was sent there. Nobody leads an address elsewhere, so
     * beyond loopback all of them will do.
     *
     * @param authority null for a request without one, which no browser sends
     * @param isLocal whether it came in over a loopback address, be it that others are listened to
     *     too
     */
    public boolean take(@Nullable Authority authority, boolean isLocal) {
        if (authority == null || isLoopback(authority.host()) || names.contains(authority.host())) {
            return true;
        }
        return !isLocal && (names.isEmpty() || ADDRESS.matcher(authority.host()).matches());
    }

    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    /** For messages. */
    public String expected(boolean isLocal) {
        return isLocal ? "localhost, or a name in allowed_hosts" : "a name in allowed_hosts";
    }
}
