package dev.medzoo.serving.refusal;

import java.time.Duration;
import java.util.Map;

/**
 * Why a request was not answered.
 *
 * @param kind owns the status
 * @param message for the client: the name, the value seen, the value expected
 * @param headers of the answer beside its body
 */
public record Refusal(Kind kind, String message, Map<String, String> headers) {
    private static final String SEE_DOCUMENT = ", please refer to API document.";

    /**
     * All there are. Each owns its HTTP status, the exception's name under which DJL Serving's
     * clients know it, and the status code of gRPC, so nothing maps exceptions.
     */
    public enum Kind {
        /** No HTTP, or a value in it that cannot be what it should. */
        BAD_REQUEST(400, "BadRequestException", "INVALID_ARGUMENT"),
        /** The picture's bytes are at fault. */
        UNREADABLE_PICTURE(400, "TranslateException", "INVALID_ARGUMENT"),
        /** No token, or none that is known. */
        UNAUTHENTICATED(401, "UnauthorizedException", "UNAUTHENTICATED"),
        /** A token whose roles do not reach so far, or a way in that is closed. */
        FORBIDDEN(403, "ForbiddenException", "PERMISSION_DENIED"),
        UNKNOWN_PATH(404, "ResourceNotFoundException", "UNIMPLEMENTED"),
        UNKNOWN_MODEL(404, "ModelNotFoundException", "NOT_FOUND"),
        WRONG_METHOD(405, "MethodNotAllowedException", "UNIMPLEMENTED"),
        /** The client takes no form that an answer about this picture can have. */
        NOT_ACCEPTABLE(406, "NotAcceptableException", "INVALID_ARGUMENT"),
        /** The client took too long to send. */
        SLOW_REQUEST(408, "RequestTimeoutException", "DEADLINE_EXCEEDED"),
        /** The same of a number that is none, where the settings ask for DJL Serving's ways. */
        BAD_NUMBER(409, "NumberFormatException", "INVALID_ARGUMENT"),
        /** What it asks for is there already. */
        CONFLICT(409, "BadRequestException", "ALREADY_EXISTS"),
        BODY_TOO_LARGE(413, "TooLongFrameException", "RESOURCE_EXHAUSTED"),
        TARGET_TOO_LONG(414, "TooLongFrameException", "INVALID_ARGUMENT"),
        /** A body that is packed in a way that nobody here knows. */
        UNKNOWN_CODING(415, "UnsupportedMediaTypeException", "INVALID_ARGUMENT"),
        RANGE_BEYOND(416, "RangeNotSatisfiableException", "OUT_OF_RANGE"),
        UNKNOWN_EXPECTATION(417, "ExpectationFailedException", "INVALID_ARGUMENT"),
        /** Where the settings want no findings of such pictures. */
        UNLIKE_TRAINING(422, "UnlikeTrainingException", "FAILED_PRECONDITION"),
        /** A model, or a machine, that cannot show where it looks in the way that was asked for. */
        UNEXPLAINED(422, "UnexplainedException", "FAILED_PRECONDITION"),
        /** This client alone sends too many. */
        TOO_MANY_REQUESTS(429, "ThrottlingException", "RESOURCE_EXHAUSTED"),
        HEADER_TOO_LONG(431, "TooLongFrameException", "INVALID_ARGUMENT"),
        /** The client closed its connection before its turn came. Nobody reads this one. */
        CLIENT_GONE(499, "ClientClosedRequestException", "CANCELLED"),
        /** Not the client's fault; the log has the stack trace. */
        FAILED(500, "InternalServerException", "INTERNAL"),
        /** The model's queue is full. */
        QUEUE_FULL(503, "WlmCapacityException", "UNAVAILABLE"),
        /** More at once than can be answered in good time. */
        OVERLOADED(503, "WlmCapacityException", "UNAVAILABLE"),
        /** The model has no workers now. */
        NO_WORKERS(503, "WlmShutdownException", "UNAVAILABLE"),
        /** The model is still loading, or failed to. */
        NOT_READY(503, "WlmException", "UNAVAILABLE"),
        STOPPING(503, "ServiceUnavailableException", "UNAVAILABLE"),
        /** The store cannot give a file now, though it may soon. */
        STORE_UNAVAILABLE(503, "ServiceUnavailableException", "UNAVAILABLE"),
        /** The client's deadline passed before the answer was there. */
        DEADLINE_EXCEEDED(504, "DeadlineExceededException", "DEADLINE_EXCEEDED"),
        /** So many or so large requests at once that the heap does not hold this one too. */
        OUT_OF_MEMORY(507, "OutOfMemoryError", "RESOURCE_EXHAUSTED");

        private final int status;
        private final String type;
        private final String grpcCode;

        Kind(int status, String type, String grpcCode) {
            this.status = status;
            this.type = type;
            this.grpcCode = grpcCode;
        }

        /** Of HTTP. */
        public int status() {
            return status;
        }

        /** In DJL Serving the simple name of an exception. */
        public String type() {
            return type;
        }

        /** The name of a status code of gRPC. */
        public String grpcCode() {
            return grpcCode;
        }
    }

    public Refusal {
        headers = Map.copyOf(headers);
    }

    public Refusal(Kind kind, String message) {
        this(kind, message, Map.of());
    }

    public static Refusal badRequest(String message) {
        return new Refusal(Kind.BAD_REQUEST, message);
    }

    public static Refusal unreadable(String message) {
        return new Refusal(Kind.UNREADABLE_PICTURE, message);
    }

    public static Refusal unknownPath() {
        return new Refusal(Kind.UNKNOWN_PATH, "Requested resource is not found" + SEE_DOCUMENT);
    }

    /**
     * A path that has other methods than the one asked for.
     *
     * @param allowed the methods that the path has, joined by commas
     */
    public static Refusal wrongMethod(String allowed) {
        return new Refusal(
                Kind.WRONG_METHOD,
                "Requested method is not allowed" + SEE_DOCUMENT,
                Map.of("allow", allowed));
    }

    /**
     * A model that is not served.
     *
     * @param asked its name, and its version where one was named
     */
    public static Refusal unknownModel(String asked) {
        return new Refusal(Kind.UNKNOWN_MODEL, "Model or workflow not found: " + asked);
    }

    public static Refusal bodyTooLarge(long maxBytes) {
        return new Refusal(
                Kind.BODY_TOO_LARGE, "body: larger (expected: at most " + maxBytes + " bytes)");
    }

    public static Refusal clientGone() {
        return new Refusal(Kind.CLIENT_GONE, "The client is gone.");
    }

    public static Refusal failed(String message) {
        return new Refusal(Kind.FAILED, message);
    }

    public static Refusal stopping() {
        return later(Kind.STOPPING, "The server is stopping.", Duration.ofSeconds(1));
    }

    public static Refusal deadlineExceeded(Duration allowed) {
        return new Refusal(
                Kind.DEADLINE_EXCEEDED,
                "deadline: passed (expected: an answer within %d ms)"
                        .formatted(allowed.toMillis()));
    }

    public static Refusal outOfMemory() {
        return new Refusal(Kind.OUT_OF_MEMORY, "Not enough memory for this request now.");
    }

    /**
     * One that another try may not meet.
     *
     * @param wait until then; said in whole seconds, rounded up, at least one
     */
    public static Refusal later(Kind kind, String message, Duration wait) {
        long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
        return new Refusal(kind, message, Map.of("retry-after", String.valueOf(seconds)));
    }
}
