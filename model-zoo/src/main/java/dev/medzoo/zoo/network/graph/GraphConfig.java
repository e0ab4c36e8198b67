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
 * Configuration of a foreign ONNX graph. It runs one picture at a time, so that only the checked
 * shapes are ever used.
 *
 * @param input input size in pixels
 * @param layout position of the channels in its input
 * @param inputName name of the input
 * @param answer meaning of its output
 * @param answerName name of that output, (1, classes)
 * @param classes number of classes, at least 2
 * @param pooled output of pooled features, or null for none
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
    /** Lower bound of probabilities before the logarithm, which 0 does not have. */
    public static final float LEAST_PROBABILITY = 1e-12f;

    private static final int MOST_PIXELS = 2048;
    private static final int MOST_CLASSES = 1 << 16;

    /** Position of the channels. */
    public enum Layout {
        /** (1, 3, height, width), as in PyTorch. */
        NCHW,
        /** (1, height, width, 3), as in TensorFlow. */
        NHWC
    }

    /** Meaning of the output. */
    public enum Answer {
        /** Logits: this project applies temperature and softmax. */
        LOGITS,
        /** Probabilities in [0, 1] with sum 1; their logarithms are used as logits. */
        PROBABILITIES
    }

    /**
     * An output of features.
     *
     * @param name of the output, (1, count) or (1, count, 1, 1)
     * @param count number of features
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
