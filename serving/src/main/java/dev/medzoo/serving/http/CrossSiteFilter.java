package dev.medzoo.serving.http;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Protects against cross-site request forgery: refuses state-changing or computing requests that a
 * page of another site sends through a user's browser. Browsers name the page's origin in such
 * requests. Other programs send no origin and pass.
 *
 * @param allowed the one allowed origin, {@code *} for all, or null for none
 * @param isLoopback whether the address is only of this machine, whose other pages may then too
 */
public record CrossSiteFilter(@Nullable String allowed, boolean isLoopback) {
    private static final String ORIGIN = "origin";
    private static final String SITE = "sec-fetch-site";
    private static final Pattern COMMA = Pattern.compile(",");

    /**
     * Checks that no page of another site sent the request.
     *
     * @param isRead whether it only reads, so that a link from another site may lead to it
     * @throws RefusedException when another site sent it
     */
    public void check(RequestHead head, boolean isRead) throws RefusedException {
        if (!head.headers().contains(ORIGIN) && !head.headers().contains(SITE)) {
            return;
        }
        List<String> origins = head.headers().getAll(ORIGIN);
        if (!origins.isEmpty() && origins.stream().allMatch(this::isAllowed)) {
            return;
        }
        List<String> sites = sites(head);
        if (sites.stream().anyMatch("cross-site"::equalsIgnoreCase) && !isRead) {
            throw refuse(SITE, "cross-site", "same-origin");
        }
        // Behind a proxy the host may be another than the page's, but the browser knows better.
        if (!sites.isEmpty() && sites.stream().allMatch("same-origin"::equalsIgnoreCase)) {
            return;
        }
        for (String origin : origins) {
            if (!isAllowed(origin) && !isOwn(origin, head)) {
                throw refuse(ORIGIN, origin, "this server's own, or that of cors_allowed_origin");
            }
        }
    }

    /** All values: a browser sends one, so several are not trusted. */
    private static List<String> sites(RequestHead head) {
        return head.headers().getAll(SITE).stream()
                .flatMap(COMMA::splitAsStream)
                .map(String::strip)
                .toList();
    }

    private boolean isAllowed(String origin) {
        return origin.equals(allowed) || "*".equals(allowed);
    }

    private boolean isOwn(String origin, RequestHead head) {
        Authority page = authority(origin);
        if (page == null) {
            return false;
        }
        Authority server = Authority.of(head);
        return page.equals(server) || (isLoopback && AllowedHosts.isLoopback(page.host()));
    }

    /** Null for the opaque origin {@code null}, and for malformed origins. */
    private static @Nullable Authority authority(String origin) {
        try {
            URI uri = URI.create(origin);
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            String authority = uri.getRawAuthority();
            return isWeb && authority != null ? Authority.parse(authority) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static RefusedException refuse(String name, String seen, String expected) {
        return new RefusedException(
                new Refusal(
                        Kind.FORBIDDEN, "%s: %s (expected: %s)".formatted(name, seen, expected)));
    }
}
