package dev.medzoo.serving.oip;

import dev.medzoo.serving.refusal.Refusal;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;

/** Converts a refusal to a gRPC status. */
final class GrpcRefusal {
    private static final Metadata.Key<String> RETRY_AFTER =
            Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);

    private GrpcRefusal() {}

    static Status status(Refusal refusal) {
        Status.Code code = Status.Code.valueOf(refusal.kind().grpcCode());
        return code.toStatus().withDescription(Refusals.cut(refusal.message()));
    }

    /** When to try again, in seconds, where it says so. */
    static Metadata trailers(Refusal refusal) {
        Metadata trailers = new Metadata();
        String wait = refusal.headers().get("retry-after");
        if (wait != null) {
            trailers.put(RETRY_AFTER, wait);
        }
        return trailers;
    }

    static StatusException exception(Refusal refusal) {
        return status(refusal).asException(trailers(refusal));
    }
}
