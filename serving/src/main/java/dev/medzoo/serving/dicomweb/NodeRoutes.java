package dev.medzoo.serving.dicomweb;

import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.http.Handler;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code GET /dicomweb}: the node's status in numbers. */
public final class NodeRoutes {
    private NodeRoutes() {}

    /**
     * The routes.
     *
     * @param status of the node, empty without a node
     */
    public static List<Route> of(Supplier<Optional<NodeStatus>> status) {
        Handler handler =
                Handler.of(
                        request ->
                                Reply.ok(
                                        status.get()
                                                .map(NodeStatus::asMap)
                                                .orElse(Map.of("status", "off"))));
        return List.of(Route.of(Role.OBSERVE, "GET", "/dicomweb", handler));
    }
}
