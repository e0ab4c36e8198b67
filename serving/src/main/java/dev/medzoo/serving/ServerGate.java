package dev.medzoo.serving;

import dev.medzoo.serving.access.Caller;
import dev.medzoo.serving.access.ClientRates;
import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.access.Tokens;
import dev.medzoo.serving.http.Access;
import dev.medzoo.serving.http.Gate;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what. To predict takes a token only where the settings say so; to watch and to manage
 * takes one always, but at a loopback address of a server that has no tokens. There a page in a
 * browser of the same machine could still send requests, so those that come from other sites, or
 * were sent to another name, are refused.
 */
final class ServerGate implements Gate {
    private static final Pattern LOOPBACK =
            Pattern.compile(
                    "(https?://)?(localhost|127(\\.\\d{1,3}){3}|\\[::1\\])(:\\d+)?",
                    Pattern.CASE_INSENSITIVE);
    private static final Map<Access, Role> ROLES =
            Map.of(
                    Access.PREDICT, Role.PREDICT,
                    Access.OBSERVE, Role.OBSERVE,
                    Access.MANAGE, Role.MANAGE);

    private final Tokens tokens;
    private final boolean isTokenRequired;
    private final boolean isLoopback;
    private final @Nullable ClientRates rates;

    /**
     * @param isTokenRequired to predict
     * @param isLoopback whether the address is only of this machine
     * @param rates of predictions, or null for no limit
     */
    ServerGate(
            Tokens tokens,
            boolean isTokenRequired,
            boolean isLoopback,
            @Nullable ClientRates rates) {
        this.tokens = tokens;
        this.isTokenRequired = isTokenRequired;
        this.isLoopback = isLoopback;
        this.rates = rates;
    }

    @Override
    public void pass(Request request, Access access) throws RefusedException {
        // A browser asks with OPTIONS, and no token, whether it may send one.
        if (access == Access.OPEN || request.head().method().equals("OPTIONS")) {
            return;
        }
        String header = request.head().headers().get(HttpHeaderNames.AUTHORIZATION);
        Caller caller = caller(header).orElse(null);
        if (caller != null) {
            request.askedBy(caller.id());
        }
        Role role = ROLES.getOrDefault(access, Role.MANAGE);
        boolean isAsked = access != Access.PREDICT || isTokenRequired;
        if (caller != null && !caller.may(role)) {
            throw refuse(Kind.FORBIDDEN, "token: %s may not %s".formatted(caller.id(), role));
        }
        if (caller == null && isAsked) {
            passWithoutToken(request);
        }
        if (access == Access.PREDICT) {
            checkRate(request.client());
        }
    }

    /**
     * Whose token it is.
     *
     * @throws RefusedException when it is nobody's
     */
    Optional<Caller> caller(@Nullable String authorization) throws RefusedException {
        if (authorization == null || !tokens.areKept()) {
            return Optional.empty();
        }
        Optional<Caller> caller = tokens.authenticate(authorization);
        if (caller.isEmpty()) {
            throw unknown("token: unknown (expected: one of this server's, as Bearer)");
        }
        return caller;
    }

    private void passWithoutToken(Request request) throws RefusedException {
        if (tokens.areKept()) {
            throw unknown("token: none (expected: authorization: Bearer …)");
        }
        if (!isLoopback) {
            throw refuse(
                    Kind.FORBIDDEN,
                    "management: closed (expected: a tokens_file, or a management_address on loopback)");
        }
        for (CharSequence name :
                new CharSequence[] {HttpHeaderNames.HOST, HttpHeaderNames.ORIGIN}) {
            String value = request.head().headers().get(name);
            if (value != null && !LOOPBACK.matcher(value).matches()) {
                throw refuse(
                        Kind.FORBIDDEN,
                        "%s: another site's (expected: localhost, or a token)".formatted(name));
            }
        }
    }

    /**
     * Counts a prediction.
     *
     * @param client the id of a token, or an address
     * @throws RefusedException when it is one too many
     */
    void checkRate(String client) throws RefusedException {
        Optional<Duration> wait = rates == null ? Optional.empty() : rates.tryAcquire(client);
        if (wait.isPresent()) {
            throw new RefusedException(
                    Refusal.later(
                            Kind.TOO_MANY_REQUESTS,
                            "client: too many requests (expected: fewer, see client_rate)",
                            wait.get()));
        }
    }

    boolean isTokenRequired() {
        return isTokenRequired;
    }

    private static RefusedException unknown(String message) {
        return new RefusedException(
                new Refusal(Kind.UNAUTHENTICATED, message, Map.of("www-authenticate", "Bearer")));
    }

    private static RefusedException refuse(Kind kind, String message) {
        return new RefusedException(new Refusal(kind, message));
    }
}
