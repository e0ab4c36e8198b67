package dev.medzoo.serving;

import dev.medzoo.serving.access.Caller;
import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.access.Tokens;
import dev.medzoo.serving.http.AllowedHosts;
import dev.medzoo.serving.http.Authority;
import dev.medzoo.serving.http.ClientAddress;
import dev.medzoo.serving.http.ClientRates;
import dev.medzoo.serving.http.CrossSiteFilter;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.RequestFilter;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.oip.CallGuard;
import dev.medzoo.serving.oip.GrpcCall;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates and authorises requests. Predictions need a token only if the settings require one.
 * Monitoring and management always need one, except at a loopback address of a server without
 * tokens. Without a valid token, two kinds of request are refused because a web page can send them
 * from the browser of somebody who can reach this server: those with a foreign host name (DNS
 * rebinding), and those that a page of another site sent to change or compute something (CSRF).
 */
final class AccessControl implements RequestFilter, CallGuard {
    private static final String NO_TOKEN = "token: none (expected: authorization: Bearer …)";

    private final Tokens tokens;
    private final boolean isTokenRequired;
    private final AllowedHosts hosts;
    private final boolean isLoopback;
    private final CrossSiteFilter predicting;
    private final CrossSiteFilter managing;
    private final @Nullable ClientRates rates;

    /**
     * @param isTokenRequired whether predictions need a token
     * @param hosts host names that the address answers to
     * @param isLoopback whether the address can be reached from this machine only
     * @param corsOrigin origin whose pages may predict, or null for the server's own pages only
     * @param rates rate limit of predictions, or null for none
     */
    AccessControl(
            Tokens tokens,
            boolean isTokenRequired,
            AllowedHosts hosts,
            boolean isLoopback,
            @Nullable String corsOrigin,
            @Nullable ClientRates rates) {
        this.tokens = tokens;
        this.isTokenRequired = isTokenRequired;
        this.hosts = hosts;
        this.isLoopback = isLoopback;
        this.predicting = new CrossSiteFilter(corsOrigin, isLoopback);
        this.managing = new CrossSiteFilter(null, isLoopback);
        this.rates = rates;
    }

    @Override
    public void enter(Request request) throws RefusedException {
        Authority authority = Authority.of(request.head());
        boolean isLocal = request.head().client().isLocal();
        if (hosts.take(authority, isLocal) || isKnown(request)) {
            return;
        }
        throw refuse(
                Kind.FORBIDDEN,
                "host: %s (expected: %s)".formatted(authority, hosts.expected(isLocal)));
    }

    private boolean isKnown(Request request) {
        String header = request.head().headers().get(HttpHeaderNames.AUTHORIZATION);
        return tokens.areKept() && tokens.authenticate(header).isPresent();
    }

    @Override
    public void pass(Request request, @Nullable Role role) throws RefusedException {
        // A browser asks with OPTIONS, and no token, whether it may send one.
        if (role == null || request.head().method().equals("OPTIONS")) {
            return;
        }
        String header = request.head().headers().get(HttpHeaderNames.AUTHORIZATION);
        Caller caller = caller(header).orElse(null);
        if (caller != null) {
            request.askedBy(caller.id());
        }
        boolean isAsked = role != Role.PREDICT || isTokenRequired;
        if (caller != null && !caller.may(role)) {
            throw refuse(Kind.FORBIDDEN, "token: %s may not %s".formatted(caller.id(), role));
        }
        if (caller == null && isAsked) {
            checkOpen();
        }
        if (caller == null) {
            checkPage(request, role);
        }
        if (role == Role.PREDICT) {
            checkRate(request.client());
        }
    }

    @Override
    public @Nullable String admit(GrpcCall call, boolean isPrediction) throws RefusedException {
        Caller caller = caller(call.authorization()).orElse(null);
        if (caller == null && isTokenRequired) {
            throw unknown(NO_TOKEN);
        }
        if (caller != null && !caller.may(Role.PREDICT)) {
            throw refuse(Kind.FORBIDDEN, "token: " + caller.id() + " may not predict");
        }
        String id = caller == null ? null : caller.id();
        if (isPrediction) {
            checkRate(id == null ? ClientAddress.of(call.remoteAddress()) : id);
        }
        return id;
    }

    /**
     * Authenticates the bearer token.
     *
     * @throws RefusedException when the token is unknown
     */
    private Optional<Caller> caller(@Nullable String authorization) throws RefusedException {
        if (authorization == null || !tokens.areKept()) {
            return Optional.empty();
        }
        Optional<Caller> caller = tokens.authenticate(authorization);
        if (caller.isEmpty()) {
            throw unknown("token: unknown (expected: one of this server's, as Bearer)");
        }
        return caller;
    }

    /**
     * Allows management without a token only on loopback and only while the server has no tokens.
     */
    private void checkOpen() throws RefusedException {
        if (tokens.areKept()) {
            throw unknown(NO_TOKEN);
        }
        if (!isLoopback) {
            throw refuse(
                    Kind.FORBIDDEN,
                    "management: closed (expected: a tokens_file, or a management_address on loopback)");
        }
    }

    private void checkPage(Request request, Role role) throws RefusedException {
        Route route = request.route();
        boolean isRead = route != null && route.isRead(request.head().method());
        if (role != Role.PREDICT) {
            managing.check(request.head(), isRead);
        } else if (!isRead) {
            predicting.check(request.head(), false);
        }
    }

    /**
     * Applies the rate limit to a prediction.
     *
     * @param client the id of a token, or an address
     * @throws RefusedException when the limit is exceeded
     */
    private void checkRate(String client) throws RefusedException {
        Optional<Duration> wait = rates == null ? Optional.empty() : rates.tryAcquire(client);
        if (wait.isPresent()) {
            throw new RefusedException(
                    Refusal.later(
                            Kind.TOO_MANY_REQUESTS,
                            "client: too many requests (expected: fewer, see client_rate)",
                            wait.get()));
        }
    }

    private static RefusedException unknown(String message) {
        return new RefusedException(
                new Refusal(Kind.UNAUTHENTICATED, message, Map.of("www-authenticate", "Bearer")));
    }

    private static RefusedException refuse(Kind kind, String message) {
        return new RefusedException(new Refusal(kind, message));
    }
}
