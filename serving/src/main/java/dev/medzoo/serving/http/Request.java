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
 * A whole request, and what is found out about it on its way: its route, who asks, which model is
 * meant. The body's array is not copied: nobody writes into it.
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

    /** Puts in place of the body what was packed in it. */
    void unpacked(byte[] inner) {
        body = inner;
    }

    void routed(Route taken, Map<String, String> found) {
        route = taken;
        variables = found;
    }

    /** Where it went, or null before that and when it went nowhere. */
    public @Nullable Route route() {
        return route;
    }

    /** The segment that stands for a name in its route's template. */
    public String variable(String name) {
        return Objects.requireNonNull(variables.get(name), name);
    }

    /** The same where some templates of an endpoint have it and some have not. */
    public @Nullable String optionalVariable(String name) {
        return variables.get(name);
    }

    /** Says whose token it came with. */
    public void askedBy(String tokenId) {
        caller = tokenId;
    }

    /** The id of the token it came with, or null. */
    public @Nullable String caller() {
        return caller;
    }

    /** The id of the token it came with, else the address it came from. */
    public String client() {
        return caller == null ? head.remote() : caller;
    }

    /** Says which model it is about. */
    public void about(ModelIdentity identity) {
        model = identity;
    }

    /** Which model it is about, or null when none was reached. */
    public @Nullable ModelIdentity model() {
        return model;
    }

    /** Says that the client is gone and nobody waits for the answer. */
    void abandon() {
        gone.complete(null);
    }

    /** Completed when the client is gone before its answer. */
    public CompletableFuture<Void> gone() {
        return gone;
    }
}
