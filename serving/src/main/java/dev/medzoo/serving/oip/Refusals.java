package dev.medzoo.serving.oip;

import dev.medzoo.serving.predict.PredictionRequest;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the refusals of this package. */
final class Refusals {
    /** Messages quote what clients send, and gRPC's travel in a header. */
    private static final int MAX_MESSAGE = 500;

    private static final Logger logger = LoggerFactory.getLogger(Refusals.class);

    private Refusals() {}

    /** A request that cannot be what it should. */
    static RefusedException because(String message) {
        return new RefusedException(Refusal.badRequest(cut(message)));
    }

    /** The refusal in a failure; the log tells of one that has none. */
    static Refusal in(Throwable failure, PredictionRequest request) {
        Refusal refusal = RefusedException.in(failure);
        if (refusal == null) {
            logger.error("request {} failed", request.requestId(), failure);
            return Refusal.failed("The model failed.");
        }
        return refusal;
    }

    static String cut(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
    }
}
