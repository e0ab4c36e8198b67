package dev.medzoo.serving.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import java.io.IOException;

/** JSON that a client sent: long texts, and little else. */
final class JsonBody {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME_LENGTH = 1000;

    /** Names, values, and both ends of objects and arrays. */
    private static final int MAX_TOKENS = 10_000;

    // The body's own limit is the limit of a text in it. Names are not interned.
    private static final ObjectMapper MAPPER =
            new ObjectMapper(
                    JsonFactory.builder()
                            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxStringLength(Integer.MAX_VALUE)
                                            .maxNestingDepth(MAX_DEPTH)
                                            .maxNameLength(MAX_NAME_LENGTH)
                                            .maxTokenCount(MAX_TOKENS)
                                            .build())
                            .build());

    private JsonBody() {}

    /**
     * What a body says, or a missing node when it is no JSON.
     *
     * @throws RefusedException when it holds more than any honest one
     */
    static JsonNode orMissing(byte[] body) throws RefusedException {
        try {
            return MAPPER.readTree(body);
        } catch (StreamConstraintsException e) {
            throw new RefusedException(
                    Refusal.badRequest(
                            "body: larger JSON (expected: at most %d names and values, %d levels, %d characters a name)"
                                    .formatted(MAX_TOKENS, MAX_DEPTH, MAX_NAME_LENGTH)));
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
