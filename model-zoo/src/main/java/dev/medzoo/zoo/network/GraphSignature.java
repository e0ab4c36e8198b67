package dev.medzoo.zoo.network;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.network.graph.GraphConfig;
import dev.medzoo.zoo.network.graph.GraphConfig.Answer;
import dev.medzoo.zoo.network.graph.GraphConfig.Layout;
import dev.medzoo.zoo.onnx.OnnxFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Inputs and outputs of an ONNX file: one of {@link NetworkGraph}, or one from elsewhere. */
public final class GraphSignature {
    private final NetworkConfig network;

    /** Configuration of a foreign graph; null for one of {@link NetworkGraph}. */
    private final @Nullable GraphConfig foreign;

    private GraphSignature(NetworkConfig network) {
        this.network = network;
        foreign = network instanceof GraphConfig graph ? graph : null;
    }

    /** The signature of an artifact's graph. */
    public static GraphSignature of(NetworkConfig network) {
        return new GraphSignature(network);
    }

    /** Name of the input. */
    public String input() {
        return foreign == null ? NetworkGraph.PICTURES : foreign.inputName();
    }

    /** Names of the outputs: logits, then features and the last map if it has them. */
    public List<String> outputs() {
        if (foreign == null) {
            return NetworkGraph.OUTPUTS;
        }
        List<String> outputs = new ArrayList<>(List.of(foreign.answerName()));
        GraphConfig.Pooled pooled = foreign.pooled();
        if (pooled != null) {
            outputs.add(pooled.name());
        }
        return outputs;
    }

    /** Whether the input is (1, height, width, 3) instead of (1, 3, height, width). */
    public boolean isChannelsLast() {
        return foreign != null && foreign.layout() == Layout.NHWC;
    }

    /** Whether the first output is probabilities instead of logits. */
    public boolean isProbabilities() {
        return foreign != null && foreign.answer() == Answer.PROBABILITIES;
    }

    /** Whether it runs one picture at a time, because the cost of a batch was not checked. */
    public boolean isOneByOne() {
        return foreign != null;
    }

    /** Shape of the graph's input for one picture. */
    public List<Long> picture() {
        long height = network.input().height();
        long width = network.input().width();
        return isChannelsLast() ? List.of(1L, height, width, 3L) : List.of(1L, 3L, height, width);
    }

    /**
     * Validates a file before any runtime reads it, see {@link OnnxFile}.
     *
     * @param where what it belongs to, for messages
     * @throws MalformedModelException naming what is wrong with it
     */
    public void check(byte[] file, String where) throws MalformedModelException {
        try {
            OnnxFile graph = OnnxFile.read(file);
            Map<String, List<Long>> answers = graph.answers(picture());
            if (!graph.input().equals(input()) || !answers.keySet().containsAll(outputs())) {
                throw new IllegalArgumentException(
                        "takes %s and gives %s (expected: takes %s and gives %s)"
                                .formatted(graph.input(), answers.keySet(), input(), outputs()));
            }
            checkShape(answers, outputs().get(0), network.classes());
            if (outputs().size() > 1) {
                checkShape(answers, outputs().get(1), network.features());
            }
            if (!graph.notFinite().isEmpty()) {
                throw new IllegalArgumentException(
                        "constants %s: not finite (expected: finite)".formatted(graph.notFinite()));
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedModelException("%s: %s".formatted(where, e.getMessage()), e);
        }
    }

    /** Checks that an output has so many numbers per picture; further dimensions must be 1. */
    private static void checkShape(Map<String, List<Long>> answers, String output, long count) {
        List<Long> shape = answers.getOrDefault(output, List.of());
        boolean fits =
                shape.size() >= 2
                        && shape.get(0) == 1
                        && shape.get(1) == count
                        && shape.stream().skip(2).allMatch(each -> each == 1);
        if (!fits) {
            throw new IllegalArgumentException(
                    "output %s: shape %s (expected: [1, %d])".formatted(output, shape, count));
        }
    }
}
