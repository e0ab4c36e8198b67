package dev.medzoo.serving.http;

import dev.medzoo.serving.access.Role;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A path template with its methods and handler. */
public final class Route {
    private static final String REST = "...}";
    private static final Set<String> ANY = Set.of("GET", "POST", "PUT", "DELETE", "OPTIONS");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final @Nullable Role role;
    private final Set<String> methods;
    private final String template;
    private final Handler handler;
    private final boolean leavesBody;
    private final List<String> parts;
    private final boolean isOpen;
    private final Set<String> allowed;

    private Route(
            @Nullable Role role,
            Set<String> methods,
            String template,
            Handler handler,
            boolean leavesBody) {
        this.role = role;
        this.methods = Set.copyOf(methods);
        this.template = template;
        this.handler = handler;
        this.leavesBody = leavesBody;
        parts = List.of(template.substring(1).split("/", -1));
        isOpen = template.endsWith(REST);
        Set<String> sorted = new TreeSet<>(methods.isEmpty() ? ANY : methods);
        if (sorted.contains("GET")) {
            sorted.add("HEAD");
        }
        allowed = Collections.unmodifiableSet(sorted);
    }

    /**
     * A route of several methods.
     *
     * @param role that a caller needs, or null for a route that is open to everybody
     * @param methods allowed methods; empty for any
     * @param template of the path, such as {@code /models/{model}/{version}} or {@code
     *     /v1/models/{model}:predict}; a last segment {@code {path...}} takes all that follow
     * @param handler of its requests
     */
    public Route(@Nullable Role role, Set<String> methods, String template, Handler handler) {
        this(role, methods, template, handler, false);
    }

    /** A route that is open to everybody, such as a probe. */
    public static Route open(Set<String> methods, String template, Handler handler) {
        return new Route(null, methods, template, handler);
    }

    /** A route of one method that is open to everybody. */
    public static Route open(String method, String template, Handler handler) {
        return open(Set.of(method), template, handler);
    }

    /** A route of one method. */
    public static Route of(@Nullable Role role, String method, String template, Handler handler) {
        return new Route(role, Set.of(method), template, handler);
    }

    /**
     * A copy whose handler does not read the body. It may run on an event loop, as if there were no
     * body.
     */
    public Route leavingBody() {
        return new Route(role, methods, template, handler, true);
    }

    /** The role that a caller needs, or null when the route is open to everybody. */
    public @Nullable Role role() {
        return role;
    }

    /** Whether the inference address serves it: open routes and predictions. */
    public boolean isInference() {
        return role == null || role == Role.PREDICT;
    }

    /** Whether the management address serves it: all but predictions. */
    public boolean isManagement() {
        return role != Role.PREDICT;
    }

    /** Allowed methods; empty for any. */
    public Set<String> methods() {
        return methods;
    }

    public String template() {
        return template;
    }

    public Handler handler() {
        return handler;
    }

    boolean leavesBody() {
        return leavesBody;
    }

    /** Whether a request with that method only reads. Always false for a route of any method. */
    public boolean isRead(String method) {
        return !methods.isEmpty() && READING.contains(method);
    }

    boolean takes(String method) {
        return methods.isEmpty() || allowed.contains(method);
    }

    /** Allowed methods. {@code GET} implies {@code HEAD}, as in HTTP. */
    Set<String> allowed() {
        return allowed;
    }

    /**
     * Matches a path against the template.
     *
     * @return the values of the variables, or null when the path does not match
     */
    @Nullable Map<String, String> match(List<String> path) {
        if (!isOf(path)) {
            return null;
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (part.endsWith(REST)) {
                String rest = String.join("/", path.subList(i, path.size()));
                variables.put(part.substring(1, part.length() - REST.length()), rest);
            } else if (part.startsWith("{")) {
                String segment = path.get(i);
                variables.put(
                        part.substring(1, part.indexOf('}')),
                        segment.substring(0, segment.length() - suffix(part).length()));
            }
        }
        return variables;
    }

    private boolean isOf(List<String> path) {
        if (isOpen ? path.size() < parts.size() : path.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (part.startsWith("{")
                    ? !path.get(i).endsWith(suffix(part))
                    : !part.equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** What follows the variable in its segment. */
    private static String suffix(String part) {
        return part.substring(part.indexOf('}') + 1);
    }
}
