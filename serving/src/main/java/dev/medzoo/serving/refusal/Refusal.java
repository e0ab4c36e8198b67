package dev.medzoo.serving.refusal;

import java.time.Duration;
import java.util.Map;

/**
 * Why a request was refused.
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
        /** Malformed HTTP, or an invalid value. */
        BAD_REQUEST(400, "BadRequestException", "INVALID_ARGUMENT"),
        /** The picture is invalid. */
        UNREADABLE_PICTURE(400, "TranslateException", "INVALID_ARGUMENT"),
        /** Missing or unknown token. */
        UNAUTHENTICATED(401, "UnauthorizedException", "UNAUTHENTICATED"),
        /** Insufficient role, or closed access. */
        FORBIDDEN(403, "ForbiddenException", "PERMISSION_DENIED"),
        UNKNOWN_PATH(404, "ResourceNotFoundException", "UNIMPLEMENTED"),
        UNKNOWN_MODEL(404, "ModelNotFoundException", "NOT_FOUND"),
        WRONG_METHOD(405, "MethodNotAllowedException", "UNIMPLEMENTED"),
        /** The client accepts no available response format. */
        NOT_ACCEPTABLE(406, "NotAcceptableException", "INVALID_ARGUMENT"),
        /** The client took too long to send the request. */
        SLOW_REQUEST(408, "RequestTimeoutException", "DEADLINE_EXCEEDED"),
        /** The same of a number that is none, where the settings ask for DJL Serving's ways. */
        BAD_NUMBER(409, "NumberFormatException", "INVALID_ARGUMENT"),
        /** Already exists, or contradicts the current state. */
        CONFLICT(409, "BadRequestException", "ALREADY_EXISTS"),
        BODY_TOO_LARGE(413, "TooLongFrameException", "RESOURCE_EXHAUSTED"),
        TARGET_TOO_LONG(414, "TooLongFrameException", "INVALID_ARGUMENT"),
        /** Unsupported content encoding. */
        UNKNOWN_CODING(415, "UnsupportedMediaTypeException", "INVALID_ARGUMENT"),
        RANGE_BEYOND(416, "RangeNotSatisfiableException", "OUT_OF_RANGE"),
        UNKNOWN_EXPECTATION(417, "ExpectationFailedException", "INVALID_ARGUMENT"),
        /** An out-of-distribution picture, where the settings refuse those. */
        UNLIKE_TRAINING(422, "UnlikeTrainingException", "FAILED_PRECONDITION"),
        /** The model or machine does not support the requested explanation. */
        UNEXPLAINED(422, "UnexplainedException", "FAILED_PRECONDITION"),
        /** Rate limit of this client exceeded. */
        TOO_MANY_REQUESTS(429, "ThrottlingException", "RESOURCE_EXHAUSTED"),
        HEADER_TOO_LONG(431, "TooLongFrameException", "INVALID_ARGUMENT"),
        /** The client disconnected. Nobody reads this refusal. */
        CLIENT_GONE(499, "ClientClosedRequestException", "CANCELLED"),
        /** Not the client's fault; the log has the stack trace. */
        FAILED(500, "InternalServerException", "INTERNAL"),
        /** The model's queue is full. */
        QUEUE_FULL(503, "WlmCapacityException", "UNAVAILABLE"),
        /** Overload: the expected wait is too long. */
        OVERLOADED(503, "WlmCapacityException", "UNAVAILABLE"),
        /** The model has no workers now. */
        NO_WORKERS(503, "WlmShutdownException", "UNAVAILABLE"),
        /** The model is still loading, or failed to. */
        NOT_READY(503, "WlmException", "UNAVAILABLE"),
        STOPPING(503, "ServiceUnavailableException", "UNAVAILABLE"),
        /** The store is temporarily unavailable. */
        STORE_UNAVAILABLE(503, "ServiceUnavailableException", "UNAVAILABLE"),
        /** The client's deadline passed before the answer was there. */
        DEADLINE_EXCEEDED(504, "DeadlineExceededException", "DEADLINE_EXCEEDED"),
        /** Not enough heap for this request now. */
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
     * Method not allowed.
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
                Kind.BODY_TOO_LARGE, "body: too large (expected: at most " + maxBytes + " bytes)");
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
     * A refusal after which the client may retry.
     *
     * @param wait until then; said in whole seconds, rounded up, at least one
     */
    public static Refusal later(Kind kind, String message, Duration wait) {
        long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
        return new Refusal(kind, message, Map.of("retry-after", String.valueOf(seconds)));
    }
}
