package dev.medzoo.serving.http;

import dev.medzoo.serving.access.Role;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A family of paths that are answered alike. */
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
     * @param methods it answers; empty for any
     * @param template of the path, such as {@code /models/{model}/{version}}; a last segment {@code
     *     {path...}} takes all that follow
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
     * The same, whose handler hands a body on unread: it may run on an event loop, as if there were
     * no body.
     */
    public Route leavingBody() {
        return new Route(role, methods, template, handler, true);
    }

    /** The role that a caller needs, or null when the route is open to everybody. */
    public @Nullable Role role() {
        return role;
    }

    /** Whether the inference address has it: all that is open, and predictions. */
    public boolean isInference() {
        return role == null || role == Role.PREDICT;
    }

    /** Whether the management address has it: all but predictions. */
    public boolean isManagement() {
        return role != Role.PREDICT;
    }

    /** What it answers; empty for any. */
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

    /**
     * Whether a request of that method is only to read: it changes nothing and computes nothing. A
     * route of any method promises that of none.
     */
    public boolean isRead(String method) {
        return !methods.isEmpty() && READING.contains(method);
    }

    boolean takes(String method) {
        return methods.isEmpty() || allowed.contains(method);
    }

    /** What can be asked of it: with {@code GET} always {@code HEAD}, as HTTP has it. */
    Set<String> allowed() {
        return allowed;
    }

    /**
     * The values of its variables in a path.
     *
     * @return null when the path is none of its family
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
                variables.put(part.substring(1, part.length() - 1), path.get(i));
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
            if (!part.startsWith("{") && !part.equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }
}
