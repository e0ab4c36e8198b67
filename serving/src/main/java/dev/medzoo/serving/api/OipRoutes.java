package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Access;
import dev.medzoo.serving.http.Handler;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.oip.OipReply;
import dev.medzoo.serving.oip.OipRest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code /v2/…}: the Open Inference Protocol over REST. */
final class OipRoutes {
    private static final String MODEL = "/v2/models/{model}";
    private static final String VERSION = MODEL + "/versions/{version}";

    private final OipRest rest;
    private final Asking asking;

    OipRoutes(OipRest rest, Asking asking) {
        this.rest = rest;
        this.asking = asking;
    }

    List<Route> all() {
        List<Route> routes = new ArrayList<>();
        routes.add(get(Access.OPEN, "/v2", request -> reply(rest.server())));
        routes.add(get(Access.OPEN, "/v2/health/live", request -> reply(rest.live())));
        routes.add(get(Access.OPEN, "/v2/health/ready", request -> reply(rest.ready())));
        routes.add(get(Access.PREDICT, "/v2/models", request -> reply(rest.models())));
        for (String model : List.of(MODEL, VERSION)) {
            routes.add(get(Access.PREDICT, model, this::model));
            routes.add(get(Access.PREDICT, model + "/ready", this::ready));
            routes.add(Route.of(Access.PREDICT, "POST", model + "/infer", this::infer));
        }
        return routes;
    }

    private static Route get(Access access, String template, Handler.Immediate immediate) {
        return Route.of(access, "GET", template, Handler.of(immediate));
    }

    private Reply model(Request request) {
        return reply(rest.model(request.variable("model"), request.optionalVariable("version")));
    }

    private Reply ready(Request request) {
        String version = request.optionalVariable("version");
        return reply(rest.modelReady(request.variable("model"), version));
    }

    private CompletableFuture<Reply> infer(Request request) {
        return rest.infer(
                        new RestCall(request, asking),
                        request.variable("model"),
                        request.optionalVariable("version"),
                        name -> request.head().headers().get(name),
                        request.body())
                .thenApply(OipRoutes::reply);
    }

    private static Reply reply(OipReply reply) {
        return Reply.of(reply.status(), reply.contentType(), reply.body(), reply.headers());
    }
}
