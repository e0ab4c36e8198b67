package dev.medzoo.zoo.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Operators that sum over many elements: matrix products, reductions, normalisations. */
final class SumRules {
    private static final List<String> REDUCING =
            List.of("ReduceMax", "ReduceMean", "ReduceMin", "ReduceL2", "ReduceSum");

    private static final List<String> NORMALISING =
            List.of(
                    "InstanceNormalization",
                    "LayerNormalization",
                    "LogSoftmax",
                    "LpNormalization",
                    "Softmax");

    private SumRules() {}

    static void addTo(Map<String, OperatorRule> rules) {
        rules.put("Gemm", SumRules::gemm);
        rules.put("MatMul", SumRules::matMul);
        REDUCING.forEach(each -> rules.put(each, SumRules::reduce));
        NORMALISING.forEach(each -> rules.put(each, call -> List.of(like(call.in(0)))));
        rules.put("BatchNormalization", SumRules::batchNormalization);
        rules.put("LRN", SumRules::acrossChannels);
    }

    private static GraphValue like(GraphValue in) {
        return GraphValue.unknown(in.type(), in.shape());
    }

    private static List<GraphValue> batchNormalization(NodeCall call) {
        call.within("training_mode", call.number("training_mode", 0), 0, 0);
        GraphValue x = call.in(0);
        for (int i = 1; i < 5; i++) {
            if (x.rank() < 2 || !call.in(i).shape().equals(List.of(x.dimension(1)))) {
                throw call.wrong("input " + i, call.in(i).shape(), "one number a channel");
            }
        }
        return List.of(like(x));
    }

    private static List<GraphValue> acrossChannels(NodeCall call) {
        GraphValue x = call.in(0);
        long size = call.within("size", call.number("size", 0), 1, 1 << 16);
        call.work(GraphValue.elements(x.shape(), "LRN"), size);
        return List.of(like(x));
    }

    private static List<GraphValue> gemm(NodeCall call) {
        GraphValue a = matrix(call, 0);
        GraphValue b = matrix(call, 1);
        boolean isATurned = call.number("transA", 0) != 0;
        boolean isBTurned = call.number("transB", 0) != 0;
        long rows = a.dimension(isATurned ? 1 : 0);
        long inner = a.dimension(isATurned ? 0 : 1);
        long columns = b.dimension(isBTurned ? 0 : 1);
        if (b.dimension(isBTurned ? 1 : 0) != inner) {
            throw call.wrong("shapes", a.shape() + " and " + b.shape(), "one inner size");
        }
        List<Long> shape = List.of(rows, columns);
        GraphValue c = call.optional(2);
        if (c != null && !call.broadcast(shape, c.shape()).equals(shape)) {
            throw call.wrong("input 2", c.shape(), "stretched to " + shape);
        }
        call.work(rows, columns, inner);
        return List.of(GraphValue.unknown(a.type(), shape));
    }

    private static GraphValue matrix(NodeCall call, int index) {
        GraphValue in = call.in(index);
        call.within("dimensions of input " + index, in.rank(), 2, 2);
        return in;
    }

    private static List<GraphValue> matMul(NodeCall call) {
        GraphValue a = call.in(0);
        GraphValue b = call.in(1);
        call.within("dimensions of input 0", a.rank(), 1, 8);
        call.within("dimensions of input 1", b.rank(), 1, 8);
        List<Long> left = new ArrayList<>(a.shape());
        List<Long> right = new ArrayList<>(b.shape());
        if (left.size() == 1) {
            left.add(0, 1L);
        }
        if (right.size() == 1) {
            right.add(1L);
        }
        long inner = left.remove(left.size() - 1);
        long rows = left.remove(left.size() - 1);
        long columns = right.remove(right.size() - 1);
        if (right.remove(right.size() - 1) != inner) {
            throw call.wrong("shapes", a.shape() + " and " + b.shape(), "one inner size");
        }
        List<Long> shape = new ArrayList<>(call.broadcast(left, right));
        long matrices = GraphValue.elements(shape, "MatMul");
        call.work(matrices, rows, columns, inner);
        if (a.rank() > 1) {
            shape.add(rows);
        }
        if (b.rank() > 1) {
            shape.add(columns);
        }
        return List.of(GraphValue.unknown(a.type(), shape));
    }

    private static List<GraphValue> reduce(NodeCall call) {
        GraphValue x = call.in(0);
        List<Long> said = call.axes(1);
        boolean isAll = said == null || said.isEmpty();
        if (isAll && call.number("noop_with_empty_axes", 0) != 0) {
            return List.of(like(x));
        }
        TreeSet<Integer> axes = new TreeSet<>();
        for (int axis = 0; isAll && axis < x.rank(); axis++) {
            axes.add(axis);
        }
        if (said != null) {
            said.forEach(each -> axes.add(call.axis(each, x.rank())));
        }
        boolean isKept = call.number("keepdims", 1) != 0;
        List<Long> shape = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            if (!axes.contains(axis)) {
                shape.add(x.dimension(axis));
            } else if (isKept) {
                shape.add(1L);
            }
        }
        return List.of(GraphValue.unknown(x.type(), shape));
    }
}
