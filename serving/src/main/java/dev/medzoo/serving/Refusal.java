package dev.medzoo.serving;

import java.util.Map;
import java.util.Set;

/**
 * Why a request was not answered. Each kind owns its HTTP status and the exception's name under
 * which DJL Serving's clients know it, so nothing maps exceptions.
 */
sealed interface Refusal {
    int status();

    /** In DJL Serving the simple name of an exception. */
    String type();

    String message();

    /** What the answer says beside its body. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /** No HTTP, or a value in it that cannot be what it should. */
    record BadRequest(String message) implements Refusal {
        @Override
        public int status() {
            return 400;
        }

        @Override
        public String type() {
            return "BadRequestException";
        }
    }

    /**
     * More than the codec reads before the body.
     *
     * @param inHeaders or else in the first line
     */
    record HeadTooLong(boolean inHeaders, String message) implements Refusal {
        @Override
        public int status() {
            return inHeaders ? 431 : 414;
        }

        @Override
        public String type() {
            return "TooLongFrameException";
        }
    }

    record BodyTooLarge(int maxBytes) implements Refusal {
        @Override
        public int status() {
            return 413;
        }

        @Override
        public String type() {
            return "TooLongFrameException";
        }

        @Override
        public String message() {
            return "body: larger (expected: at most " + maxBytes + " bytes)";
        }
    }

    record UnknownExpectation(String seen) implements Refusal {
        @Override
        public int status() {
            return 417;
        }

        @Override
        public String type() {
            return "ExpectationFailedException";
        }

        @Override
        public String message() {
            return "expect: " + seen + " (expected: 100-continue)";
        }
    }

    record UnknownPath() implements Refusal {
        @Override
        public int status() {
            return 404;
        }

        @Override
        public String type() {
            return "ResourceNotFoundException";
        }

        @Override
        public String message() {
            return "Requested resource is not found, please refer to API document.";
        }
    }

    record WrongMethod(Set<String> allowed) implements Refusal {
        @Override
        public int status() {
            return 405;
        }

        @Override
        public String type() {
            return "MethodNotAllowedException";
        }

        @Override
        public String message() {
            return "Requested method is not allowed, please refer to API document.";
        }

        @Override
        public Map<String, String> headers() {
            return Map.of("allow", String.join(", ", allowed));
        }
    }

    record UnknownModel(String asked) implements Refusal {
        @Override
        public int status() {
            return 404;
        }

        @Override
        public String type() {
            return "ModelNotFoundException";
        }

        @Override
        public String message() {
            return "Model or workflow not found: " + asked;
        }
    }

    /**
     * A version that the index no longer lets anyone use.
     *
     * @param message why, in the words that loading it would be refused with
     */
    record RevokedModel(String message) implements Refusal {
        @Override
        public int status() {
            return 404;
        }

        @Override
        public String type() {
            return "ModelNotFoundException";
        }
    }

    /** A file of the store was asked for from a byte on that it does not have. */
    record RangeBeyond(long bytes) implements Refusal {
        @Override
        public int status() {
            return 416;
        }

        @Override
        public String type() {
            return "RangeNotSatisfiableException";
        }

        @Override
        public String message() {
            return "range: beyond the end (expected: within " + bytes + " bytes)";
        }

        @Override
        public Map<String, String> headers() {
            return Map.of("content-range", "bytes */" + bytes);
        }
    }

    /** The store cannot give a file now, though it may soon. */
    record StoreUnavailable(String message) implements Refusal {
        @Override
        public int status() {
            return 503;
        }

        @Override
        public String type() {
            return "ServiceUnavailableException";
        }

        @Override
        public Map<String, String> headers() {
            return Map.of("retry-after", "1");
        }
    }

    /** The picture's bytes are at fault. */
    record UnreadablePicture(String message) implements Refusal {
        @Override
        public int status() {
            return 400;
        }

        @Override
        public String type() {
            return "TranslateException";
        }
    }

    record QueueFull(String model) implements Refusal {
        @Override
        public int status() {
            return 503;
        }

        @Override
        public String type() {
            return "WlmCapacityException";
        }

        @Override
        public String message() {
            return "Worker queue capacity exceeded for model: " + model;
        }
    }

    record Stopping() implements Refusal {
        @Override
        public int status() {
            return 503;
        }

        @Override
        public String type() {
            return "ServiceUnavailableException";
        }

        @Override
        public String message() {
            return "The server is stopping.";
        }
    }

    /** The client closed its connection before its turn came. Nobody reads this one. */
    record ClientGone() implements Refusal {
        @Override
        public int status() {
            return 499;
        }

        @Override
        public String type() {
            return "ClientClosedRequestException";
        }

        @Override
        public String message() {
            return "The client is gone.";
        }
    }

    /** So many or so large requests at once that the heap does not hold this one too. */
    record OutOfMemory() implements Refusal {
        @Override
        public int status() {
            return 507;
        }

        @Override
        public String type() {
            return "OutOfMemoryError";
        }

        @Override
        public String message() {
            return "Not enough memory for this request now.";
        }
    }

    /** Not the client's fault; the log has the stack trace. */
    record Failed(String message) implements Refusal {
        @Override
        public int status() {
            return 500;
        }

        @Override
        public String type() {
            return "InternalServerException";
        }
    }
}
