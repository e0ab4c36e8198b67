package dev.medzoo.serving.oip;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.work.Picture;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The elements of one tensor as JSON gives them, nested or flat: numbers, or texts that hold bytes
 * in base64. Read as they come, since a tree of them takes many times their room.
 */
final class JsonData {
    /** More than any tensor here has axes. */
    private static final int MAX_DEPTH = 8;

    private static final int UNKNOWN = -1;

    private final JsonParser json;
    private final long maxNumbers;
    private final int maxFiles;

    private final int[] sizes = new int[MAX_DEPTH];
    private final int[] seen = new int[MAX_DEPTH];
    private int depth;
    private int leafDepth = UNKNOWN;

    private float[] numbers = new float[64];
    private int count;
    private final List<byte[]> files = new ArrayList<>();

    private JsonData(JsonParser json, long maxNumbers, int maxFiles) {
        this.json = json;
        this.maxNumbers = maxNumbers;
        this.maxFiles = maxFiles;
        Arrays.fill(sizes, UNKNOWN);
    }

    /**
     * Reads an array and all in it.
     *
     * @param json at its start
     * @param maxNumbers that it may hold
     * @param maxFiles texts that it may hold
     */
    static JsonData read(JsonParser json, long maxNumbers, int maxFiles)
            throws IOException, RefusedException {
        JsonData data = new JsonData(json, maxNumbers, maxFiles);
        if (!json.isExpectedStartArrayToken()) {
            throw Refusals.because("inputs[0].data: not an array");
        }
        data.open();
        while (data.depth > 0) {
            data.take(json.nextToken());
        }
        return data;
    }

    /** The pictures that they are, given the shape that they are said to have. */
    List<Picture> of(PictureInput input, List<Long> shape) throws RefusedException {
        if (!isFlat() && !nesting().equals(shape)) {
            throw Refusals.because(
                    "inputs[0].data: nested as %s (expected: %s, or flat)"
                            .formatted(nesting(), shape));
        }
        return files.isEmpty()
                ? input.numbers(FloatBuffer.wrap(numbers, 0, count))
                : input.files(files);
    }

    private boolean isFlat() {
        return nesting().size() == 1;
    }

    private List<Long> nesting() {
        return Arrays.stream(sizes)
                .takeWhile(size -> size != UNKNOWN)
                .mapToObj(size -> (long) size)
                .toList();
    }

    private void take(JsonToken token) throws IOException, RefusedException {
        switch (token) {
            case START_ARRAY -> {
                element(depth < leafDepth || leafDepth == UNKNOWN);
                seen[depth - 1]++;
                open();
            }
            case END_ARRAY -> close();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                leaf();
                number(json.getFloatValue());
            }
            case VALUE_STRING -> {
                leaf();
                file();
            }
            default ->
                    throw Refusals.because(
                            "inputs[0].data: %s (expected: numbers or texts)"
                                    .formatted(token.asString()));
        }
    }

    private void open() throws RefusedException {
        if (depth == MAX_DEPTH) {
            throw Refusals.because(
                    "inputs[0].data: nested deeper (expected: at most %d)".formatted(MAX_DEPTH));
        }
        seen[depth] = 0;
        depth++;
    }

    private void close() throws RefusedException {
        depth--;
        if (sizes[depth] == UNKNOWN) {
            sizes[depth] = seen[depth];
        }
        element(sizes[depth] == seen[depth]);
    }

    private void leaf() throws RefusedException {
        element(leafDepth == depth || leafDepth == UNKNOWN);
        leafDepth = depth;
        seen[depth - 1]++;
    }

    private static void element(boolean even) throws RefusedException {
        if (!even) {
            throw Refusals.because("inputs[0].data: ragged (expected: rows of one length)");
        }
    }

    private void number(float value) throws RefusedException {
        if (count == maxNumbers || !files.isEmpty()) {
            throw Refusals.because(
                    "inputs[0].data: too many numbers, or texts among them (expected: at most %d, only numbers)"
                            .formatted(maxNumbers));
        }
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, (int) Math.min(maxNumbers, 2L * count));
        }
        numbers[count] = value;
        count++;
    }

    private void file() throws IOException, RefusedException {
        if (files.size() == maxFiles || count > 0) {
            throw Refusals.because(
                    "inputs[0].data: too many texts, or numbers among them (expected: at most %d, only texts)"
                            .formatted(maxFiles));
        }
        try {
            files.add(json.getBinaryValue(Base64Variants.MIME_NO_LINEFEEDS));
        } catch (StreamReadException e) {
            throw Refusals.because(
                    "inputs[0].data: element %d is not base64".formatted(files.size()));
        }
    }
}
