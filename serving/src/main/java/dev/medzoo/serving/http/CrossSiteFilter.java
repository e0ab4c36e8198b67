package dev.medzoo.serving.http;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other sites from sending what changes or costs something through the browser of
 * somebody who can reach this server. A browser says with every such request where its page is
 * from; programs that are none say nothing, and pass.
 *
 * @param allowed the one origin whose pages may, {@code *} for all, or null for none
 * @param isLoopback whether the address is only of this machine, whose other pages may then too
 */
public record CrossSiteFilter(@Nullable String allowed, boolean isLoopback) {
    private static final String ORIGIN = "origin";
    private static final String SITE = "sec-fetch-site";
    private static final Pattern COMMA = Pattern.compile(",");

    /**
     * Lets a request pass that no page of another site has sent.
     *
     * @param isRead whether it only reads, so that somebody may follow a link to it
     * @throws RefusedException for one of another site's
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

    /** All that it says: a browser says one thing, and who says several is not believed in one. */
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

    /** Null for {@code null}, which stands for pages from nowhere, and for what is no origin. */
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
