package dev.medzoo.serving;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who answers a request, and turns what goes wrong into a reply. */
final class Router {
    private static final Logger logger = LoggerFactory.getLogger(Router.class);

    private final List<Endpoint> endpoints;
    private final InFlight inFlight;

    Router(List<Endpoint> endpoints, InFlight inFlight) {
        this.endpoints = List.copyOf(endpoints);
        this.inFlight = inFlight;
    }

    /** Never fails: a refusal is a reply too. */
    CompletableFuture<Reply> answer(Request request) {
        try {
            return route(request).exceptionally(failure -> explain(request, failure));
        } catch (RefusedException | RuntimeException e) {
            return CompletableFuture.completedFuture(explain(request, e));
        }
    }

    private CompletableFuture<Reply> route(Request request) throws RefusedException {
        if (inFlight.isStopping()) {
            throw new RefusedException(new Refusal.Stopping());
        }
        for (Endpoint endpoint : endpoints) {
            if (endpoint.owns(request.path())) {
                if (!endpoint.methods().contains(request.head().method())) {
                    throw new RefusedException(new Refusal.WrongMethod(endpoint.methods()));
                }
                return endpoint.answer(request);
            }
        }
        throw new RefusedException(new Refusal.UnknownPath());
    }

    private static Reply explain(Request request, Throwable failure) {
        Throwable cause = failure;
        if (failure instanceof CompletionException && failure.getCause() != null) {
            cause = failure.getCause();
        }
        if (cause instanceof RefusedException refused) {
            return Reply.refusing(refused.refusal());
        }
        logger.error("request {} failed", request.head().id(), cause);
        return Reply.refusing(new Refusal.Failed("Internal server error."));
    }
}
