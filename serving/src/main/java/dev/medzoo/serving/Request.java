package dev.medzoo.serving;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole request. The array is not copied: nobody writes into it. */
final class Request {
    private final RequestHead head;
    private final List<String> path;
    private final Map<String, List<String>> query;
    private final byte[] body;
    private volatile boolean abandoned;

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
    static Request of(RequestHead head, byte[] body) throws RefusedException {
        String target = head.target().replaceFirst("^https?://[^/?#]*", "").replaceFirst("#.*", "");
        String[] parts = target.split("\\?", 2);
        try {
            List<String> path = new ArrayList<>();
            for (String segment : parts[0].replaceAll("^/|/$", "").split("/", -1)) {
                // Decoded one by one, so that an escaped slash stays inside its segment.
                path.add(new QueryStringDecoder(segment).path());
            }
            Map<String, List<String>> query =
                    parts.length == 1
                            ? Map.of()
                            : new QueryStringDecoder(parts[1], false).parameters();
            return new Request(head, path, query, body);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(new Refusal.BadRequest("target: " + e.getMessage()));
        }
    }

    RequestHead head() {
        return head;
    }

    /** The path's decoded segments; {@code /} is one empty segment. */
    List<String> path() {
        return path;
    }

    /** The first value of a query parameter. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).map(values -> values.get(0));
    }

    byte[] body() {
        return body;
    }

    /** Says that the client is gone and nobody waits for the answer. */
    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }
}
