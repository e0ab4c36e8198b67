package dev.medzoo.serving.audit;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One decision on one picture. A request with several pictures gives one event each, with the same
 * {@code requestId}. The log adds the time.
 *
 * <p>It must contain nothing of the input itself, no address, and no header except the request id.
 *
 * @param requestId 1 to 128 visible ASCII characters
 * @param via how it came
 * @param who the id of the token it came with, or {@value #ANONYMOUS}: 1 to 64 of {@code A-Z a-z
 *     0-9 . _ -}, and not of the form of an address
 * @param model one of the server's own names; null when the request named none of them
 * @param version that answered, or would have; null when none was reached
 * @param digest {@code sha256:<64 hex>} of that artifact; null when none was reached
 * @param input by {@link AuditLog#hash}; null when the request was refused before its body was read
 * @param status of the answer: HTTP's, 100 to 599; over gRPC, the one that HTTP would have had
 * @param decision null when there was none; one needs a {@code digest}
 */
public record AuditEvent(
        String requestId,
        Via via,
        String who,
        @Nullable String model,
        @Nullable String version,
        @Nullable String digest,
        @Nullable InputHash input,
        int status,
        @Nullable AuditDecision decision) {
    /** Client without a token. */
    public static final String ANONYMOUS = "anonymous";

    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final Pattern TOKEN_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern ADDRESS = Pattern.compile("\\d+(\\.\\d+){3}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /** Protocol of a request. */
    public enum Via {
        HTTP("http"),
        GRPC("grpc"),
        /** Not requested by a client: the server found the picture in a DICOM archive. */
        DICOMWEB("dicomweb");

        private final String word;

        Via(String word) {
            this.word = word;
        }

        /** As in the log. */
        @Override
        public String toString() {
            return word;
        }
    }

    public AuditEvent {
        check("requestId", requestId, VISIBLE, "1 to 128 visible ASCII characters");
        check("model", model, VISIBLE, "1 to 128 visible ASCII characters");
        check("version", version, VISIBLE, "1 to 128 visible ASCII characters");
        check("digest", digest, DIGEST, "sha256: and 64 lower-case hexadecimal digits");
        check("who", who, TOKEN_ID, "1 to 64 of A-Z a-z 0-9 . _ -");
        if (ADDRESS.matcher(who).matches()) {
            throw new IllegalArgumentException("who: an address (expected: the id of a token)");
        }
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 100..599)");
        }
        if (decision != null && digest == null) {
            throw new IllegalArgumentException(
                    "digest: none (expected: that of the artifact which decided)");
        }
    }

    private static void check(String name, @Nullable String value, Pattern form, String expected) {
        if (value != null && !form.matcher(value).matches()) {
            // It may be a stranger's, and its length tells enough.
            throw new IllegalArgumentException(
                    "%s: %d characters (expected: %s)".formatted(name, value.length(), expected));
        }
    }
}
