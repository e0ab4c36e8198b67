package dev.medzoo.serving.http;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A family of paths that are answered alike.
 *
 * @param access who may take it
 * @param methods it answers; empty for any
 * @param template of the path, such as {@code /models/{model}/{version}}; a last segment {@code
 *     {path...}} takes all that follow
 * @param handler of its requests
 */
public record Route(Access access, Set<String> methods, String template, Handler handler) {
    private static final String REST = "...}";
    private static final Set<String> ANY = Set.of("GET", "POST", "PUT", "DELETE", "OPTIONS");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    public Route {
        methods = Set.copyOf(methods);
    }

    /** A route of one method. */
    public static Route of(Access access, String method, String template, Handler handler) {
        return new Route(access, Set.of(method), template, handler);
    }

    /**
     * Whether a request of that method is only to read: it changes nothing and computes nothing. A
     * route of any method promises that of none.
     */
    public boolean isRead(String method) {
        return !methods.isEmpty() && READING.contains(method);
    }

    boolean takes(String method) {
        return methods.isEmpty() || allowed().contains(method);
    }

    /** What can be asked of it: with {@code GET} always {@code HEAD}, as HTTP has it. */
    Set<String> allowed() {
        Set<String> allowed = new TreeSet<>(methods.isEmpty() ? ANY : methods);
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        return allowed;
    }

    /**
     * The values of its variables in a path.
     *
     * @return null when the path is none of its family
     */
    @Nullable Map<String, String> match(List<String> path) {
        List<String> parts = Arrays.asList(template.substring(1).split("/", -1));
        boolean open = template.endsWith(REST);
        if (open ? path.size() < parts.size() : path.size() != parts.size()) {
            return null;
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (part.endsWith(REST)) {
                String rest = String.join("/", path.subList(i, path.size()));
                variables.put(part.substring(1, part.length() - REST.length()), rest);
            } else if (part.startsWith("{")) {
                variables.put(part.substring(1, part.length() - 1), path.get(i));
            } else if (!part.equals(path.get(i))) {
                return null;
            }
        }
        return variables;
    }
}
