package dev.medzoo.zoo.network.dcnn;

import ai.djl.nn.SequentialBlock;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.network.BlockConfig;
import dev.medzoo.zoo.network.Convolution;
import dev.medzoo.zoo.network.NetworkType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All architecture choices of the paper's network: two plain convolutions, blocks of parallel
 * convolutions with skip connections, global average pooling, two fully connected layers.
 *
 * @param input input size in pixels
 * @param stemWidth channels of each of the two stem convolutions, which both halve the resolution
 * @param branchWidths channels of each of a block's four branches, one number per block; a block
 *     outputs four times as many
 * @param halveAfter numbers of the blocks (from 1) after which the resolution halves
 * @param fcUnits width of the fully connected layer before the logits
 * @param dropout share of those units dropped in training, in [0, 1)
 * @param classes number of logits, at least 2
 * @param flips whether logits and features are averaged over a picture's four mirror images outside
 *     training
 */
@JsonDeserialize
public record DcnnConfig(
        InputSize input,
        int stemWidth,
        List<Integer> branchWidths,
        List<Integer> halveAfter,
        int fcUnits,
        double dropout,
        int classes,
        boolean flips)
        implements BlockConfig {

    private static final int MOST_PIXELS = 2048;
    private static final int MOST_HALVINGS = 9;
    private static final int MOST_BLOCKS = 64;
    private static final int MOST_CHANNELS = 1024;
    private static final int MOST_UNITS = 1 << 16;

    public DcnnConfig {
        branchWidths = List.copyOf(branchWidths);
        halveAfter = List.copyOf(new TreeSet<>(halveAfter));
        within("stemWidth", stemWidth, 1, MOST_CHANNELS);
        within("branchWidths: blocks", branchWidths.size(), 1, MOST_BLOCKS);
        branchWidths.forEach(width -> within("branchWidths", width, 1, MOST_CHANNELS));
        for (int block : halveAfter) {
            if (block < 1 || block >= branchWidths.size()) {
                throw new IllegalArgumentException(
                        "halveAfter: %d (expected: 1..%d)"
                                .formatted(block, branchWidths.size() - 1));
            }
        }
        within("fcUnits", fcUnits, 1, MOST_UNITS);
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout: " + dropout + " (expected: in [0, 1))");
        }
        within("classes", classes, 2, MOST_UNITS);
        within("halveAfter: blocks", halveAfter.size(), 0, MOST_HALVINGS);
        int smallest = 1 << (2 + halveAfter.size());
        within("input: longer side", Math.max(input.width(), input.height()), 1, MOST_PIXELS);
        if (Math.min(input.width(), input.height()) < smallest) {
            throw new IllegalArgumentException(
                    "input: %s (expected: at least %dx%d, which %d halvings leave a pixel of)"
                            .formatted(input, smallest, smallest, 2 + halveAfter.size()));
        }
    }

    /** Creates it from a file; older files lack {@code flips}. */
    @JsonCreator
    static DcnnConfig of(
            @JsonProperty("input") InputSize input,
            @JsonProperty("stemWidth") int stemWidth,
            @JsonProperty("branchWidths") List<Integer> branchWidths,
            @JsonProperty("halveAfter") List<Integer> halveAfter,
            @JsonProperty("fcUnits") int fcUnits,
            @JsonProperty("dropout") double dropout,
            @JsonProperty("classes") int classes,
            @JsonProperty("flips") @Nullable Boolean flips) {
        boolean averaged = flips != null && flips;
        return new DcnnConfig(
                input, stemWidth, branchWidths, halveAfter, fcUnits, dropout, classes, averaged);
    }

    /** Creates one without averaging over mirror images. */
    public DcnnConfig(
            InputSize input,
            int stemWidth,
            List<Integer> branchWidths,
            List<Integer> halveAfter,
            int fcUnits,
            double dropout,
            int classes) {
        this(input, stemWidth, branchWidths, halveAfter, fcUnits, dropout, classes, false);
    }

    /**
     * The published shape: eight blocks, 34 convolutions on the main path, 1.9 million parameters.
     * The widths grow as the resolution falls, where a channel is cheap.
     */
    public static DcnnConfig published(InputSize input, int classes) {
        return new DcnnConfig(
                input,
                32,
                List.of(16, 16, 16, 24, 24, 24, 40, 40),
                List.of(2, 4, 6),
                256,
                0.4,
                classes);
    }

    @Override
    public DcnnConfig withClasses(int other) {
        return new DcnnConfig(
                input, stemWidth, branchWidths, halveAfter, fcUnits, dropout, other, flips);
    }

    @Override
    public DcnnConfig withInput(InputSize other) {
        return new DcnnConfig(
                other, stemWidth, branchWidths, halveAfter, fcUnits, dropout, classes, flips);
    }

    @Override
    public DcnnConfig withFlips(boolean averaged) {
        return new DcnnConfig(
                input, stemWidth, branchWidths, halveAfter, fcUnits, dropout, classes, averaged);
    }

    /** Number of convolutions, sequential and parallel, without those of skip connections. */
    @JsonIgnore
    public int mainPathConvolutions() {
        return 2 + 4 * branchWidths.size();
    }

    @Override
    @JsonIgnore
    public NetworkType kind() {
        return NetworkType.DCNN;
    }

    @Override
    @JsonIgnore
    public int features() {
        return 4 * branchWidths.get(branchWidths.size() - 1);
    }

    @Override
    public List<Named> body() {
        List<Named> body = new ArrayList<>();
        SequentialBlock stem = new SequentialBlock();
        stem.add(Convolution.halving(3, stemWidth));
        stem.add(Convolution.halving(5, stemWidth));
        body.add(new Named("Stem", stem));
        int first = 0;
        for (int last : halveAfter) {
            body.add(new Named("Stage", new Stage(branchWidths.subList(first, last))));
            body.add(new Named("Halve", Convolution.halve()));
            first = last;
        }
        body.add(new Named("Stage", new Stage(branchWidths.subList(first, branchWidths.size()))));
        return body;
    }

    @Override
    @JsonIgnore
    public InputSize smallestInput() {
        return InputSize.square(1 << (2 + halveAfter.size()));
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: at least " + least + ")");
        }
        if (value > most) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: at most " + most + ")");
        }
    }
}
