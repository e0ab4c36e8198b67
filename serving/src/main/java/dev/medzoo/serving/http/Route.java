package dev.medzoo.serving.http;

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

    private final Access access;
    private final Set<String> methods;
    private final String template;
    private final Handler handler;
    private final boolean leavesBody;
    private final List<String> parts;
    private final boolean isOpen;
    private final Set<String> allowed;

    private Route(
            Access access,
            Set<String> methods,
            String template,
            Handler handler,
            boolean leavesBody) {
        this.access = access;
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
     * @param access who may take it
     * @param methods it answers; empty for any
     * @param template of the path, such as {@code /models/{model}/{version}}; a last segment {@code
     *     {path...}} takes all that follow
     * @param handler of its requests
     */
    public Route(Access access, Set<String> methods, String template, Handler handler) {
        this(access, methods, template, handler, false);
    }

    /** A route of one method. */
    public static Route of(Access access, String method, String template, Handler handler) {
        return new Route(access, Set.of(method), template, handler);
    }

    /**
     * The same, whose handler hands a body on unread: it may run on an event loop, as if there were
     * no body.
     */
    public Route leavingBody() {
        return new Route(access, methods, template, handler, true);
    }

    public Access access() {
        return access;
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
