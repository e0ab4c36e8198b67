package dev.medzoo.serving.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import java.io.IOException;

/** Parses a client's JSON with limits. It allows long texts but few nodes. */
final class JsonBody {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME_LENGTH = 1000;

    /** Maximum number of JSON tokens. */
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
                                    .build())
                    // What is said twice or after the end would be dropped without a word.
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private JsonBody() {}

    /**
     * Parses a body; a missing node when it is not one JSON document, or has a name twice.
     *
     * @throws RefusedException when it exceeds a limit
     */
    static JsonNode orMissing(byte[] body) throws RefusedException {
        try {
            return MAPPER.readTree(body);
        } catch (StreamConstraintsException e) {
            throw new RefusedException(
                    Refusal.badRequest(
                            "body: JSON too large (expected: at most %d names and values, %d levels, %d characters a name)"
                                    .formatted(MAX_TOKENS, MAX_DEPTH, MAX_NAME_LENGTH)));
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
