package dev.medzoo.serving.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a management request wants, in its query or in a JSON object as its body. A number that is
 * none is a bad request; DJL Serving calls it a conflict.
 */
final class Parameters {
    private final Request request;
    private final JsonNode json;
    private final boolean isStrict;

    private Parameters(Request request, JsonNode json, boolean isStrict) {
        this.request = request;
        this.json = json;
        this.isStrict = isStrict;
    }

    static Parameters of(Request request, Compatibility compatibility) throws RefusedException {
        JsonNode json = MissingNode.getInstance();
        if (Form.type(request).equals(Reply.JSON)) {
            json = JsonBody.orMissing(request.body());
            if (!json.isObject()) {
                throw new RefusedException(
                        Refusal.badRequest("body: no JSON object (expected: one)"));
            }
        }
        return new Parameters(request, json, compatibility.isStrict());
    }

    Optional<String> text(String name) {
        JsonNode value = json.path(name);
        return request.parameter(name)
                .or(() -> value.isValueNode() ? Optional.of(value.asText()) : Optional.empty());
    }

    boolean flag(String name, boolean usual) throws RefusedException {
        String text = text(name).orElse(String.valueOf(usual));
        if (!text.equals("true") && !text.equals("false")) {
            throw refuse(name, text, "true or false");
        }
        return text.equals("true");
    }

    /**
     * A whole number.
     *
     * @param lowest that it may be
     */
    OptionalInt number(String name, int lowest) throws RefusedException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(text.get().strip());
            if (number >= lowest) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException e) {
            // Refused with the numbers that are too low.
        }
        throw refuse(name, text.get(), "a whole number from " + lowest);
    }

    private RefusedException refuse(String name, String seen, String expected) {
        String message = "%s: %s (expected: %s)".formatted(name, seen, expected);
        return new RefusedException(
                new Refusal(isStrict ? Kind.CONFLICT : Kind.BAD_REQUEST, message));
    }
}
