package dev.medzoo.serving.http;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dispatches requests to their handlers, and turns refusals into replies. */
public final class Router {
    private static final Logger logger = LoggerFactory.getLogger(Router.class);

    /** Paths of clients that expect another error format: those of KServe's two protocols. */
    private static final Pattern KSERVE = Pattern.compile("v2(/.*)?|v1/models(/.*)?");

    private final List<Route> routes;
    private final RequestFilter gate;
    private final InFlight inFlight;
    private final BodyDispatcher bodies;
    private final Preflight preflight;

    /**
     * A router of those routes.
     *
     * @param routes the first match wins
     * @param bodies of the requests that have one
     * @param preflight of the pages of other sites
     */
    public Router(
            List<Route> routes,
            RequestFilter gate,
            InFlight inFlight,
            BodyDispatcher bodies,
            Preflight preflight) {
        this.routes = List.copyOf(routes);
        this.gate = gate;
        this.inFlight = inFlight;
        this.bodies = bodies;
        this.preflight = preflight;
    }

    /** The routes in their order. */
    public List<Route> routes() {
        return routes;
    }

    /** Never fails: refusals become replies. */
    public CompletableFuture<Reply> answer(Request request) {
        try {
            return route(request).exceptionally(failure -> explain(request, failure));
        } catch (RefusedException | RuntimeException e) {
            return CompletableFuture.completedFuture(explain(request, e));
        }
    }

    private CompletableFuture<Reply> route(Request request) throws RefusedException {
        if (inFlight.isStopping()) {
            throw new RefusedException(Refusal.stopping());
        }
        gate.enter(request);
        Set<String> allowed = new TreeSet<>();
        boolean isPreflight = preflight.isAsked(request.head());
        for (Route route : routes) {
            Map<String, String> variables = route.match(request.path());
            if (variables != null && !isPreflight && route.takes(request.head().method())) {
                request.routed(route, variables);
                gate.pass(request, route.role());
                return handle(route, request);
            }
            if (variables != null) {
                allowed.addAll(route.allowed());
            }
        }
        if (isPreflight && !allowed.isEmpty()) {
            return CompletableFuture.completedFuture(preflight.answer(allowed));
        }
        throw new RefusedException(
                allowed.isEmpty()
                        ? Refusal.unknownPath()
                        : Refusal.wrongMethod(String.join(", ", allowed)));
    }

    private CompletableFuture<Reply> handle(Route route, Request request) throws RefusedException {
        if (request.body().length == 0) {
            return route.handler().answer(request);
        }
        ContentCoding coding = ContentCoding.of(request.head().headers());
        return route.leavesBody() && coding == ContentCoding.IDENTITY
                ? route.handler().answer(request)
                : bodies.handle(route.handler(), request, coding);
    }

    private static Reply explain(Request request, Throwable failure) {
        Refusal refusal = RefusedException.in(failure);
        if (refusal == null) {
            logger.error("request {} failed", request.head().id(), failure);
            refusal = Refusal.failed("Internal server error.");
        }
        return KSERVE.matcher(String.join("/", request.path())).matches()
                ? Reply.text(
                                refusal.kind().status(),
                                Reply.JSON,
                                Json.text(Map.of("error", refusal.message())),
                                refusal.headers())
                        .because(refusal)
                : Reply.refusing(refusal);
    }
}
