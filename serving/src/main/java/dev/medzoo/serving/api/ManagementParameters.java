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

/** Parameters of a management request, from its query or from a JSON object in its body. */
final class ManagementParameters {
    private final Request request;
    private final JsonNode json;
    private final Kind badNumber;

    private ManagementParameters(Request request, JsonNode json, Kind badNumber) {
        this.request = request;
        this.json = json;
        this.badNumber = badNumber;
    }

    /**
     * The parameters of a request.
     *
     * @param badNumber kind of refusal for a malformed number
     * @throws RefusedException when its body is labelled JSON and is not a JSON object
     */
    static ManagementParameters of(Request request, Kind badNumber) throws RefusedException {
        JsonNode json = MissingNode.getInstance();
        // Some clients name a type with every request, also where there is no body.
        if (request.body().length > 0 && FormFields.type(request).equals(Reply.JSON)) {
            json = JsonBody.orMissing(request.body());
            if (!json.isObject()) {
                throw new RefusedException(
                        Refusal.badRequest("body: not a JSON object (expected: a JSON object)"));
            }
        }
        return new ManagementParameters(request, json, badNumber);
    }

    Optional<String> text(String name) {
        JsonNode value = json.path(name);
        return request.parameter(name)
                .or(() -> value.isValueNode() ? Optional.of(value.asText()) : Optional.empty());
    }

    boolean flag(String name, boolean usual) throws RefusedException {
        String text = text(name).orElse(String.valueOf(usual));
        if (!text.equals("true") && !text.equals("false")) {
            throw refuse(Kind.BAD_REQUEST, name, text, "true or false");
        }
        return text.equals("true");
    }

    /**
     * An integer parameter.
     *
     * @param lowest allowed value
     */
    OptionalInt number(String name, int lowest) throws RefusedException {
        return number(name, lowest, Integer.MAX_VALUE, "a whole number from " + lowest);
    }

    /** A percentage, an integer from 0 to 100. */
    OptionalInt percent(String name) throws RefusedException {
        return number(name, 0, 100, "a whole number from 0 to 100");
    }

    private OptionalInt number(String name, int lowest, int highest, String expected)
            throws RefusedException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        int number;
        try {
            number = Integer.parseInt(text.get().strip());
        } catch (NumberFormatException e) {
            throw refuse(badNumber, name, text.get(), expected);
        }
        if (number < lowest || number > highest) {
            throw refuse(Kind.BAD_REQUEST, name, text.get(), expected);
        }
        return OptionalInt.of(number);
    }

    private static RefusedException refuse(Kind kind, String name, String seen, String expected) {
        String message = "%s: %s (expected: %s)".formatted(name, seen, expected);
        return new RefusedException(new Refusal(kind, message));
    }
}
