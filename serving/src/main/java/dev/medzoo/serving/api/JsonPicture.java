package dev.medzoo.serving.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The picture in a JSON body, in base64: {@code {"data": "…"}}, {@code {"instances": [{"b64":
 * "…"}]}}, {@code {"inputs": "…"}} or {@code {"image_url": "data:image/png;base64,…"}}, as clients
 * of other servers send it. A URL is never fetched.
 */
final class JsonPicture {
    private static final String URL = "image_url";
    private static final String INSTANCES = "instances";
    private static final List<String> FIELDS = List.of("data", INSTANCES, "inputs", URL);
    private static final List<String> WRAPPERS = List.of("b64", "data", "image_bytes");
    private static final Pattern DATA_URL =
            Pattern.compile("data:[^,]{0,255};base64,", Pattern.CASE_INSENSITIVE);
    private static final String EXPECTED =
            " (expected: {\"data\": \"the picture in base64\"}, or the picture itself with its own content-type, such as image/png)";
    private static final String INSTANCES_EXPECTED =
            " (expected: {\"instances\": [{\"b64\": \"a picture in base64\"}, …]}, 1..%d pictures)";

    private JsonPicture() {}

    /**
     * Extracts the picture.
     *
     * @throws RefusedException saying what to send
     */
    static byte[] of(byte[] body) throws RefusedException {
        JsonNode json = JsonBody.orMissing(body);
        if (!json.isObject()) {
            throw refuse("body: no JSON object", EXPECTED);
        }
        List<String> given = FIELDS.stream().filter(field -> json.hasNonNull(field)).toList();
        if (given.size() != 1) {
            throw refuse(
                    "body: "
                            + (given.isEmpty() ? "none" : "all")
                            + " of "
                            + (given.isEmpty() ? FIELDS : given),
                    EXPECTED);
        }
        String field = given.get(0);
        return decoded(field, text(field, json.get(field), EXPECTED), EXPECTED);
    }

    /**
     * Extracts the pictures of {@code {"instances": [{"b64": "…"}, …]}}. Other fields are ignored.
     *
     * @param most pictures that there may be
     * @return at least one
     * @throws RefusedException saying what to send
     */
    static List<byte[]> instances(byte[] body, int most) throws RefusedException {
        String expected = INSTANCES_EXPECTED.formatted(most);
        JsonNode json = JsonBody.orMissing(body);
        if (!json.isObject()) {
            throw refuse("body: no JSON object", expected);
        }
        JsonNode instances = json.path(INSTANCES);
        if (!instances.isArray() || instances.isEmpty() || instances.size() > most) {
            String seen = instances.isArray() ? instances.size() + " pictures" : "no list";
            throw refuse("instances: " + seen, expected);
        }
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < instances.size(); i++) {
            String name = "%s[%d]".formatted(INSTANCES, i);
            pictures.add(decoded(name, text(name, instances.get(i), expected), expected));
        }
        return pictures;
    }

    /** Unwraps a single picture. */
    private static String text(String field, JsonNode value, String expected)
            throws RefusedException {
        JsonNode inner = value;
        while (!inner.isTextual()) {
            if (inner.isArray() && inner.size() == 1) {
                inner = inner.get(0);
            } else if (inner.isArray()) {
                throw refuse(
                        "%s: %d pictures, where a request has one (several go to /v2)"
                                .formatted(field, inner.size()),
                        expected);
            } else {
                inner = unwrapped(field, inner, expected);
            }
        }
        return inner.asText();
    }

    private static JsonNode unwrapped(String field, JsonNode object, String expected)
            throws RefusedException {
        for (String wrapper : WRAPPERS) {
            if (object.hasNonNull(wrapper)) {
                return object.get(wrapper);
            }
        }
        throw refuse("%s: neither a text nor an object with b64".formatted(field), expected);
    }

    private static byte[] decoded(String field, String text, String expected)
            throws RefusedException {
        Matcher url = DATA_URL.matcher(text);
        boolean isUrl = url.lookingAt();
        if (!isUrl && field.equals(URL)) {
            throw new RefusedException(
                    Refusal.badRequest(
                            "image_url: an address (expected: the picture itself; URLs are never"
                                    + " fetched)"));
        }
        try {
            return Base64.getDecoder().decode(clean(text, isUrl ? url.end() : 0));
        } catch (IllegalArgumentException e) {
            throw refuse(field + ": no base64", expected);
        }
    }

    /** Removes white space and converts the URL-safe alphabet. */
    private static byte[] clean(String text, int from) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int count = 0;
        for (int i = from; i < bytes.length; i++) {
            byte each = bytes[i];
            boolean isSpace = each == ' ' || (each >= '\t' && each <= '\r');
            if (!isSpace) {
                bytes[count] = each == '-' ? (byte) '+' : each == '_' ? (byte) '/' : each;
                count++;
            }
        }
        return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    }

    private static RefusedException refuse(String seen, String expected) {
        return new RefusedException(Refusal.badRequest(seen + expected));
    }
}
