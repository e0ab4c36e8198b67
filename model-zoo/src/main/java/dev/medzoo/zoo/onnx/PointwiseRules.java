package dev.medzoo.zoo.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Elementwise operators on one or several values. */
final class PointwiseRules {
    private static final List<String> SAME =
            List.of(
                    "Abs",
                    "Ceil",
                    "Celu",
                    "Clip",
                    "Elu",
                    "Erf",
                    "Exp",
                    "Floor",
                    "Gelu",
                    "HardSigmoid",
                    "HardSwish",
                    "LeakyRelu",
                    "Log",
                    "Mish",
                    "Neg",
                    "Not",
                    "PRelu",
                    "Reciprocal",
                    "Relu",
                    "Round",
                    "Selu",
                    "Sigmoid",
                    "Sign",
                    "Softplus",
                    "Softsign",
                    "Sqrt",
                    "Swish",
                    "Tanh",
                    "ThresholdedRelu");

    private PointwiseRules() {}

    static void addTo(Map<String, OperatorRule> rules) {
        SAME.forEach(each -> rules.put(each, PointwiseRules::likeFirst));
        rules.put("Identity", call -> List.of(call.in(0)));
        rules.put("Dropout", PointwiseRules::dropout);
        rules.put("Cast", PointwiseRules::cast);
        rules.put("QuantizeLinear", PointwiseRules::quantize);
        rules.put(
                "DequantizeLinear",
                call -> List.of(GraphValue.unknown(call.in(1).type(), call.in(0).shape())));
        rules.put("Where", PointwiseRules::where);
        for (String each : List.of("Max", "Mean", "Min", "Pow", "Sum")) {
            rules.put(each, call -> List.of(together(call, null)));
        }
        rules.put("Add", call -> List.of(together(call, (a, b) -> a + b)));
        rules.put("Sub", call -> List.of(together(call, (a, b) -> a - b)));
        rules.put("Mul", call -> List.of(together(call, (a, b) -> a * b)));
        rules.put("Div", PointwiseRules::div);
        rules.put("Equal", call -> compared(call, (a, b) -> a == b ? 1 : 0));
        for (String each :
                List.of("And", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Or")) {
            rules.put(each, call -> compared(call, null));
        }
    }

    private static List<GraphValue> likeFirst(NodeCall call) {
        GraphValue in = call.in(0);
        return List.of(GraphValue.unknown(in.type(), in.shape()));
    }

    private static List<GraphValue> dropout(NodeCall call) {
        if (call.optional(2) != null && !call.known(2, "training_mode").equals(List.of(0L))) {
            throw call.wrong("training_mode", "true", "false");
        }
        GraphValue in = call.in(0);
        return List.of(in, GraphValue.unknown(ElementType.BOOL, in.shape()));
    }

    private static List<GraphValue> cast(NodeCall call) {
        GraphValue in = call.in(0);
        ElementType to = ElementType.of(call.number("to", 0), "Cast");
        boolean isWide = to == ElementType.INT64 || to == ElementType.INT32;
        return List.of(GraphValue.of(to, in.shape(), isWide ? in.numbers() : null));
    }

    private static List<GraphValue> quantize(NodeCall call) {
        GraphValue zero = call.optional(2);
        ElementType type = zero == null ? ElementType.UINT8 : zero.type();
        return List.of(GraphValue.unknown(type, call.in(0).shape()));
    }

    /** Integers are divided only if they are known: division by 0 would crash the process. */
    private static List<GraphValue> div(NodeCall call) {
        GraphValue by = call.in(1);
        if (by.type().isInteger()) {
            for (long each : call.known(1, "divisor")) {
                if (each == 0 || each == -1) {
                    throw call.wrong("divisor", each, "neither 0 nor -1");
                }
            }
        }
        return List.of(together(call, (a, b) -> a / b));
    }

    private static List<GraphValue> compared(NodeCall call, @Nullable LongBinaryOperator fold) {
        GraphValue put = together(call, fold);
        return List.of(new GraphValue(ElementType.BOOL, put.shape(), put.numbers()));
    }

    private static List<GraphValue> where(NodeCall call) {
        GraphValue yes = call.in(1);
        GraphValue no = call.in(2);
        List<Long> shape =
                call.broadcast(call.in(0).shape(), call.broadcast(yes.shape(), no.shape()));
        List<Long> which = stretched(call.in(0), shape);
        List<Long> ifYes = stretched(yes, shape);
        List<Long> ifNo = stretched(no, shape);
        if (which == null || ifYes == null || ifNo == null) {
            return List.of(GraphValue.unknown(yes.type(), shape));
        }
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < which.size(); i++) {
            numbers.add(which.get(i) == 0 ? ifNo.get(i) : ifYes.get(i));
        }
        return List.of(GraphValue.of(yes.type(), shape, numbers));
    }

    /** Combines all inputs element by element. */
    private static GraphValue together(NodeCall call, @Nullable LongBinaryOperator fold) {
        List<GraphValue> all = call.all();
        List<Long> shape = all.get(0).shape();
        for (GraphValue each : all) {
            shape = call.broadcast(shape, each.shape());
        }
        ElementType type = all.get(0).type();
        if (fold == null || all.size() != 2) {
            return GraphValue.unknown(type, shape);
        }
        List<Long> one = stretched(all.get(0), shape);
        List<Long> other = stretched(all.get(1), shape);
        if (one == null || other == null) {
            return GraphValue.unknown(type, shape);
        }
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            numbers.add(fold.applyAsLong(one.get(i), other.get(i)));
        }
        return GraphValue.of(type, shape, numbers);
    }

    /** Broadcasts known numbers to the shape: as they are, or a single number repeated. */
    private static @Nullable List<Long> stretched(GraphValue value, List<Long> shape) {
        List<Long> numbers = value.numbers();
        if (numbers == null || value.shape().equals(shape)) {
            return numbers;
        }
        long wanted = GraphValue.elements(shape, "shape");
        if (numbers.size() != 1 || wanted > GraphValue.MOST_KNOWN) {
            return null;
        }
        return new ArrayList<>(Collections.nCopies((int) wanted, numbers.get(0)));
    }
}
