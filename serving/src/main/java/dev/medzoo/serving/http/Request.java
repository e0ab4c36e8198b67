package dev.medzoo.serving.http;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.finding.ModelIdentity;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A complete request with what is resolved on its way: route, client and model. The body's array is
 * not copied and must not be modified.
 */
public final class Request {
    private static final Pattern ORIGIN = Pattern.compile("^(?i:https?)://[^/?#]*");

    private final RequestHead head;
    private final List<String> path;
    private final Map<String, List<String>> query;
    private byte[] body;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private Map<String, String> variables = Map.of();
    private @Nullable String caller;
    private volatile @Nullable Route route;
    private volatile @Nullable ModelIdentity model;

    private Request(
            RequestHead head, List<String> path, Map<String, List<String>> query, byte[] body) {
        this.head = head;
        this.path = List.copyOf(path);
        this.query = query;
        this.body = body;
    }

    /**
     * Puts head and body together.
     *
     * @throws RefusedException when the target's escapes are wrong
     */
    public static Request of(RequestHead head, byte[] body) throws RefusedException {
        String target = head.target();
        if (!target.startsWith("/")) {
            target = ORIGIN.matcher(target).replaceFirst("");
        }
        target = before('#', target);
        String path = before('?', target);
        try {
            Map<String, List<String>> query =
                    path.length() == target.length()
                            ? Map.of()
                            : new QueryStringDecoder(target.substring(path.length() + 1), false)
                                    .parameters();
            return new Request(head, segments(path), query, body);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Refusal.badRequest("target: " + e.getMessage()));
        }
    }

    private static String before(char end, String text) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }

    /** Decoded one by one, so that an escaped slash stays inside its segment. */
    private static List<String> segments(String path) {
        int first = path.startsWith("/") ? 1 : 0;
        int last = path.length() > first && path.endsWith("/") ? path.length() - 1 : path.length();
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(first, last).split("/", -1)) {
            boolean isPlain = segment.indexOf('%') < 0;
            segments.add(isPlain ? segment : new QueryStringDecoder(segment).path());
        }
        return segments;
    }

    public RequestHead head() {
        return head;
    }

    /** The path's decoded segments; {@code /} is one empty segment. */
    public List<String> path() {
        return path;
    }

    /** The first value of a query parameter. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).map(values -> values.get(0));
    }

    /** All values of a query parameter. */
    public List<String> parameters(String name) {
        return query.getOrDefault(name, List.of());
    }

    public byte[] body() {
        return body;
    }

    /** Replaces the body by its decompressed form. */
    void unpacked(byte[] inner) {
        body = inner;
    }

    void routed(Route taken, Map<String, String> found) {
        route = taken;
        variables = found;
    }

    /** The matched route, or null. */
    public @Nullable Route route() {
        return route;
    }

    /** The value of a variable in the route's template. */
    public String variable(String name) {
        return Objects.requireNonNull(variables.get(name), name);
    }

    /** The value of a variable, if the route's template has it. */
    public @Nullable String optionalVariable(String name) {
        return variables.get(name);
    }

    /** Sets the authenticated client. */
    public void askedBy(String tokenId) {
        caller = tokenId;
    }

    /** The token's id, or null for an anonymous request. */
    public @Nullable String caller() {
        return caller;
    }

    /** The token's id, else the client's address. */
    public String client() {
        return caller == null ? head.remote() : caller;
    }

    /** Sets the model. */
    public void about(ModelIdentity identity) {
        model = identity;
    }

    /** The model, or null when the request reached none. */
    public @Nullable ModelIdentity model() {
        return model;
    }

    /** Marks the client as disconnected. */
    void abandon() {
        gone.complete(null);
    }

    /** Completed when the client disconnects before its response. */
    public CompletableFuture<Void> gone() {
        return gone;
    }
}
