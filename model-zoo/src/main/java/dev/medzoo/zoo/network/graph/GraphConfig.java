package dev.medzoo.zoo.network.graph;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.network.NetworkConfig;
import dev.medzoo.zoo.network.NetworkType;
import org.jspecify.annotations.Nullable;

/**
 * How an ONNX file from elsewhere is asked: a network that is a graph and nothing else. It is given
 * one picture at a time, so that nothing runs but the shapes that were looked at.
 *
 * @param input the size of the pictures it sees, in pixels
 * @param layout where the channels of a picture stand in its input
 * @param inputName name of the input
 * @param answer what its answer is
 * @param answerName name of the output that has the answer, (1, classes)
 * @param classes how many, at least 2
 * @param pooled the output that has its pooled features, or null for none
 */
@JsonDeserialize
@JsonPropertyOrder({"type", "input"})
public record GraphConfig(
        InputSize input,
        Layout layout,
        String inputName,
        Answer answer,
        String answerName,
        int classes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Pooled pooled)
        implements NetworkConfig {
    /**
     * The least probability that is told apart: what is below it becomes it before its logarithm is
     * taken, as 0 has none.
     */
    public static final float LEAST_PROBABILITY = 1e-12f;

    private static final int MOST_PIXELS = 2048;
    private static final int MOST_CLASSES = 1 << 16;

    /** Where the channels stand. */
    public enum Layout {
        /** (1, 3, height, width), as in PyTorch. */
        NCHW,
        /** (1, height, width, 3), as in TensorFlow. */
        NHWC
    }

    /** What an answer is. */
    public enum Answer {
        /** Numbers of which the softmax is taken here, after the temperature. */
        LOGITS,
        /** Numbers in [0, 1], together 1, whose logarithms are the logits here. */
        PROBABILITIES
    }

    /**
     * An output of features.
     *
     * @param name of the output, (1, count) or (1, count, 1, 1)
     * @param count how many there are
     */
    public record Pooled(String name, int count) {
        public Pooled {
            within("pooled.count", count, 1, MOST_CLASSES);
        }
    }

    public GraphConfig {
        within("classes", classes, 2, MOST_CLASSES);
        within("input: longer side", Math.max(input.width(), input.height()), 1, MOST_PIXELS);
        if (layout == null || answer == null || inputName == null || answerName == null) {
            throw new IllegalArgumentException(
                    "network: layout, inputName, answer, answerName: one is missing (expected: all)");
        }
    }

    /** As a file says it. */
    @JsonProperty("type")
    String type() {
        return kind().word();
    }

    @Override
    @JsonIgnore
    public NetworkType kind() {
        return NetworkType.ONNX;
    }

    @Override
    @JsonIgnore
    public int features() {
        return pooled == null ? 0 : pooled.count();
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s: %d (expected: %d..%d)".formatted(name, value, least, most));
        }
    }
}
