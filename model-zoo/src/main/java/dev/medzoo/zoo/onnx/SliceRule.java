package dev.medzoo.zoo.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Slice: selects a range with a step on some axes. */
final class SliceRule {
    private SliceRule() {}

    static List<GraphValue> slice(NodeCall call) {
        GraphValue x = call.in(0);
        boolean isOld = call.numbers("starts") != null;
        List<Long> starts = numbers(call, "starts", 1, null);
        List<Long> ends = numbers(call, "ends", 2, null);
        List<Long> first = LongStream.range(0, starts.size()).boxed().toList();
        List<Long> axes = isOld ? numbers(call, "axes", 0, first) : numbers(call, "", 3, first);
        List<Long> ones = Collections.nCopies(starts.size(), 1L);
        List<Long> steps = isOld ? ones : numbers(call, "", 4, ones);
        int count = starts.size();
        if (ends.size() != count || axes.size() != count || steps.size() != count) {
            throw call.wrong("starts, ends, axes, steps", "of several lengths", "of one");
        }
        if (axes.stream().map(each -> call.axis(each, x.rank())).distinct().count() != count) {
            throw call.wrong("axes", axes, "distinct");
        }
        List<Long> shape = new ArrayList<>(x.shape());
        List<Long> taken = x.numbers();
        for (int i = 0; i < count; i++) {
            int axis = call.axis(axes.get(i), x.rank());
            long size = x.dimension(axis);
            long step = steps.get(i);
            if (step == 0 || step == Long.MIN_VALUE) {
                throw call.wrong("step", step, "not 0");
            }
            long from = bounded(starts.get(i), size, 0, step > 0 ? size : size - 1);
            long to = bounded(ends.get(i), size, step > 0 ? 0 : -1, step > 0 ? size : size - 1);
            long way = step > 0 ? to - from : from - to;
            long left = way <= 0 || size == 0 ? 0 : (way - 1) / Math.abs(step) + 1;
            if (taken != null) {
                taken = every(taken, shape, axis, from, step, left);
            }
            shape.set(axis, left);
        }
        return List.of(GraphValue.of(x.type(), shape, taken));
    }

    /**
     * Reads numbers from an attribute or an input; empty name for an input alone, index 0 for an
     * attribute alone.
     */
    private static List<Long> numbers(
            NodeCall call, String name, int input, @Nullable List<Long> otherwise) {
        List<Long> said = name.isEmpty() ? null : call.numbers(name);
        if (said != null) {
            return said;
        }
        boolean isLeftOut = input == 0 || call.optional(input) == null;
        return otherwise != null && isLeftOut ? otherwise : call.known(input, "Slice");
    }

    /** Normalises a bound: negative ones count from the end, and the result is clamped. */
    private static long bounded(long said, long size, long least, long most) {
        long from = said < 0 && said >= -size - 1 ? said + size : said < 0 ? least : said;
        return Math.max(least, Math.min(most, from));
    }

    /** Selects indices on one axis of known numbers. */
    private static List<Long> every(
            List<Long> numbers, List<Long> shape, int axis, long from, long step, long left) {
        long inner = GraphValue.elements(shape.subList(axis + 1, shape.size()), "Slice");
        long block = inner * shape.get(axis);
        List<Long> taken = new ArrayList<>();
        for (long outer = 0; outer < numbers.size(); outer += block) {
            for (long place = 0; place < left; place++) {
                int at = (int) (outer + (from + place * step) * inner);
                taken.addAll(numbers.subList(at, at + (int) inner));
            }
        }
        return taken;
    }
}
