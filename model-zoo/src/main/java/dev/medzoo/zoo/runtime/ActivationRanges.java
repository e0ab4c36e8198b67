package dev.medzoo.zoo.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.network.NetworkGraph;
import dev.medzoo.zoo.onnx.ValueRange;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Measures the ranges of a network's values per picture, for 8-bit quantization. A few pictures
 * reach much further than all others. A range that includes them would leave few levels for the
 * rest, so some of the widest pictures may be left out at either end.
 */
public final class ActivationRanges {
    private final Map<String, List<Float>> least = new HashMap<>();
    private final Map<String, List<Float>> most = new HashMap<>();

    private ActivationRanges() {}

    /**
     * Measures the ranges on pictures.
     *
     * @param pictures inputs of the network, float32 (3, height, width) each, at least one
     */
    public static ActivationRanges of(Network network, List<float[]> pictures) {
        ActivationRanges ranges = new ActivationRanges();
        OrtEnvironment environment = OnnxEnvironment.get();
        try (OrtSession.SessionOptions options = OnnxNetwork.options();
                OrtSession session =
                        environment.createSession(NetworkGraph.withValues(network), options)) {
            InputSize input = network.config().input();
            for (float[] each : pictures) {
                ranges.look(environment, session, input, each);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
        }
        return ranges;
    }

    private void look(
            OrtEnvironment environment, OrtSession session, InputSize input, float[] picture)
            throws OrtException {
        Set<String> values = new TreeSet<>(session.getOutputNames());
        NetworkGraph.OUTPUTS.forEach(values::remove);
        long[] shape = {1, 3, input.height(), input.width()};
        try (OnnxTensor given =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(picture), shape);
                OrtSession.Result answer =
                        session.run(Map.of(NetworkGraph.PICTURES, given), values)) {
            for (String each : values) {
                add(each, ((OnnxTensor) answer.get(each).orElseThrow()).getFloatBuffer());
            }
        }
    }

    private void add(String value, FloatBuffer numbers) {
        float lowest = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        while (numbers.hasRemaining()) {
            float number = numbers.get();
            lowest = Math.min(lowest, number);
            highest = Math.max(highest, number);
        }
        least.computeIfAbsent(value, absent -> new ArrayList<>()).add(lowest);
        most.computeIfAbsent(value, absent -> new ArrayList<>()).add(highest);
    }

    /**
     * The range of each value.
     *
     * @param leftOut share of the pictures that may exceed it at each end, in [0, 1)
     */
    public Map<String, ValueRange> without(double leftOut) {
        Map<String, ValueRange> ranges = new HashMap<>();
        for (String each : least.keySet()) {
            List<Float> lowest = sorted(least, each);
            List<Float> highest = sorted(most, each);
            int out = (int) (leftOut * lowest.size());
            ranges.put(
                    each, new ValueRange(lowest.get(out), highest.get(highest.size() - 1 - out)));
        }
        return ranges;
    }

    private static List<Float> sorted(Map<String, List<Float>> ends, String value) {
        List<Float> all = new ArrayList<>(ends.getOrDefault(value, List.of()));
        Collections.sort(all);
        return all;
    }
}
