package dev.medzoo.zoo.network.residual;

import ai.djl.nn.SequentialBlock;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.network.BlockConfig;
import dev.medzoo.zoo.network.Convolution;
import dev.medzoo.zoo.network.NetworkType;
import java.util.ArrayList;
import java.util.List;

/**
 * All architecture choices of a residual network. The stem, a convolution and a pooling, halves the
 * resolution twice; every stage but the first halves it once more.
 *
 * @param input input size in pixels
 * @param stemWidth channels of the stem's convolution
 * @param widths channels of each stage
 * @param blocks in each stage, of two convolutions each
 * @param dropout share of the pooled features dropped in training, in [0, 1)
 * @param classes number of logits, at least 2
 * @param flips whether logits and features are averaged over a picture's four mirror images outside
 *     training
 */
@JsonDeserialize
@JsonPropertyOrder({"type", "input"})
public record ResidualConfig(
        InputSize input,
        int stemWidth,
        List<Integer> widths,
        int blocks,
        double dropout,
        int classes,
        boolean flips)
        implements BlockConfig {
    private static final int MOST_PIXELS = 2048;
    private static final int MOST_STAGES = 6;
    private static final int MOST_BLOCKS = 64;
    private static final int MOST_CHANNELS = 4096;
    private static final int MOST_CLASSES = 1 << 16;

    public ResidualConfig {
        widths = List.copyOf(widths);
        within("stemWidth", stemWidth, 1, MOST_CHANNELS);
        within("widths: stages", widths.size(), 1, MOST_STAGES);
        widths.forEach(width -> within("widths", width, 1, MOST_CHANNELS));
        within("blocks", blocks, 1, MOST_BLOCKS);
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout: " + dropout + " (expected: in [0, 1))");
        }
        within("classes", classes, 2, MOST_CLASSES);
        int smallest = 1 << halvings(widths);
        within("input: longer side", Math.max(input.width(), input.height()), 1, MOST_PIXELS);
        within(
                "input: shorter side",
                Math.min(input.width(), input.height()),
                smallest,
                MOST_PIXELS);
    }

    /** Two blocks a stage, as in the network of 18 layers, at three eighths of its width. */
    public static ResidualConfig usual(InputSize input, int classes) {
        return new ResidualConfig(input, 24, List.of(24, 48, 96, 192), 2, 0.2, classes, false);
    }

    /** As a file says it. */
    @JsonProperty("type")
    String type() {
        return kind().word();
    }

    @Override
    @JsonIgnore
    public NetworkType kind() {
        return NetworkType.RESIDUAL;
    }

    @Override
    @JsonIgnore
    public int features() {
        return widths.get(widths.size() - 1);
    }

    @Override
    @JsonIgnore
    public int fcUnits() {
        return 0;
    }

    @Override
    @JsonIgnore
    public InputSize smallestInput() {
        return InputSize.square(1 << halvings(widths));
    }

    private static int halvings(List<Integer> widths) {
        return 1 + widths.size();
    }

    @Override
    public ResidualConfig withClasses(int other) {
        return new ResidualConfig(input, stemWidth, widths, blocks, dropout, other, flips);
    }

    @Override
    public ResidualConfig withInput(InputSize other) {
        return new ResidualConfig(other, stemWidth, widths, blocks, dropout, classes, flips);
    }

    @Override
    public ResidualConfig withFlips(boolean averaged) {
        return new ResidualConfig(input, stemWidth, widths, blocks, dropout, classes, averaged);
    }

    @Override
    public List<Named> body() {
        List<Named> body = new ArrayList<>();
        SequentialBlock stem = new SequentialBlock();
        body.add(new Named("Stem", stem.add(Convolution.halving(7, stemWidth))));
        body.add(new Named("Halve", Convolution.halve()));
        int in = stemWidth;
        for (int stage = 0; stage < widths.size(); stage++) {
            int out = widths.get(stage);
            body.add(new Named("Stage", new ResidualStage(in, out, stage == 0 ? 1 : 2, blocks)));
            in = out;
        }
        return body;
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s: %d (expected: %d..%d)".formatted(name, value, least, most));
        }
    }
}
