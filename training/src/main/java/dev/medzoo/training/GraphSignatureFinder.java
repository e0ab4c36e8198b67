package dev.medzoo.training;

import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.network.graph.GraphConfig;
import dev.medzoo.zoo.network.graph.GraphConfig.Answer;
import dev.medzoo.zoo.network.graph.GraphConfig.Layout;
import dev.medzoo.zoo.network.graph.GraphConfig.Pooled;
import dev.medzoo.zoo.onnx.OnnxFile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Infers the inputs and outputs of a foreign graph. */
final class GraphSignatureFinder {
    private final OnnxFile graph;
    private final InputSize size;
    private final List<String> labels;
    private final @Nullable String output;
    private final @Nullable String features;
    private final @Nullable Answer answer;

    GraphSignatureFinder(
            OnnxFile graph,
            InputSize size,
            List<String> labels,
            @Nullable String output,
            @Nullable String features,
            @Nullable Answer answer) {
        this.graph = graph;
        this.size = size;
        this.labels = labels;
        this.output = output;
        this.features = features;
        this.answer = answer;
    }

    /** The position of the three channels in an input. */
    static Layout layout(List<Long> shape) {
        boolean isFirst = shape.get(1) == 3;
        boolean isLast = shape.get(3) == 3;
        if (isFirst == isLast) {
            throw new IllegalArgumentException(
                    "input: shape %s (expected: (batch, 3, height, width) or (batch, height, width, 3))"
                            .formatted(shape));
        }
        return isFirst ? Layout.NCHW : Layout.NHWC;
    }

    GraphConfig config() {
        Layout layout = layout(graph.inputShape());
        long height = size.height();
        long width = size.width();
        Map<String, List<Long>> answers =
                graph.answers(
                        layout == Layout.NCHW
                                ? List.of(1L, 3L, height, width)
                                : List.of(1L, height, width, 3L));
        String name = output == null ? only(answers) : output;
        long classes = count(answers, name, "--output");
        if (classes != labels.size()) {
            throw new IllegalArgumentException(
                    "labels: %d (expected: %d, as output %s has)"
                            .formatted(labels.size(), classes, name));
        }
        Pooled pooled =
                features == null
                        ? null
                        : new Pooled(features, (int) count(answers, features, "--features"));
        return new GraphConfig(
                size, layout, graph.input(), answer(name), name, labels.size(), pooled);
    }

    private String only(Map<String, List<Long>> answers) {
        List<String> others =
                answers.keySet().stream().filter(each -> !each.equals(features)).toList();
        if (others.size() != 1) {
            throw new IllegalArgumentException(
                    "outputs: %s (expected: one, or --output NAME)".formatted(others));
        }
        return others.get(0);
    }

    private static long count(Map<String, List<Long>> answers, String name, String option) {
        List<Long> shape = answers.get(name);
        if (shape == null) {
            throw new IllegalArgumentException(
                    "%s: %s (expected: one of %s)".formatted(option, name, answers.keySet()));
        }
        if (shape.size() < 2) {
            throw new IllegalArgumentException(
                    "output %s: shape %s (expected: (1, numbers))".formatted(name, shape));
        }
        return shape.get(1);
    }

    private Answer answer(String name) {
        if (answer != null) {
            return answer;
        }
        String last = graph.operatorOf(name);
        if (last.equals("Sigmoid")) {
            throw new IllegalArgumentException(
                    "output %s: from a Sigmoid, so its labels are not mutually exclusive (expected: logits or a Softmax, or --answer)"
                            .formatted(name));
        }
        return last.equals("Softmax") ? Answer.PROBABILITIES : Answer.LOGITS;
    }
}
