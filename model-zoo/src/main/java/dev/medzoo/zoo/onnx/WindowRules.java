package dev.medzoo.zoo.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Operators that slide a window over height and width. */
final class WindowRules {
    private static final long MOST = 1 << 16;

    private WindowRules() {}

    static void addTo(Map<String, OperatorRule> rules) {
        rules.put("Conv", WindowRules::convolution);
        rules.put("MaxPool", WindowRules::pool);
        rules.put("AveragePool", WindowRules::pool);
        rules.put("GlobalAveragePool", WindowRules::global);
        rules.put("GlobalMaxPool", WindowRules::global);
    }

    private static List<GraphValue> convolution(NodeCall call) {
        GraphValue x = call.in(0);
        GraphValue weights = call.in(1);
        int sides = sides(call, x);
        if (weights.rank() != x.rank()) {
            throw call.wrong("weights", weights.shape(), x.rank() + " dimensions");
        }
        long group = call.within("group", call.number("group", 1), 1, MOST);
        long out = call.within("channels out", weights.dimension(0), 1, MOST);
        if (x.dimension(1) != weights.dimension(1) * group || out % group != 0) {
            throw call.wrong(
                    "channels",
                    "%s by weights %s in %d groups".formatted(x.shape(), weights.shape(), group),
                    "those of the weights in each group");
        }
        List<Long> kernel = weights.shape().subList(2, weights.rank());
        List<Long> said = numbers(call, "kernel_shape", kernel);
        if (!kernel.equals(said)) {
            throw call.wrong("kernel_shape", said, kernel.toString());
        }
        GraphValue bias = call.optional(2);
        if (bias != null && !bias.shape().equals(List.of(out))) {
            throw call.wrong("bias", bias.shape(), "[" + out + "]");
        }
        List<Long> shape = new ArrayList<>(List.of(x.dimension(0), out));
        shape.addAll(slid(call, x, kernel, sides, false));
        long area = product(kernel);
        call.work(GraphValue.elements(shape, "Conv"), weights.dimension(1), area);
        return List.of(GraphValue.unknown(x.type(), shape));
    }

    private static List<GraphValue> pool(NodeCall call) {
        GraphValue x = call.in(0);
        int sides = sides(call, x);
        List<Long> kernel = numbers(call, "kernel_shape", List.of());
        if (kernel.size() != sides) {
            throw call.wrong("kernel_shape", kernel, sides + " numbers");
        }
        List<Long> shape = new ArrayList<>(x.shape().subList(0, 2));
        shape.addAll(slid(call, x, kernel, sides, call.number("ceil_mode", 0) != 0));
        call.work(GraphValue.elements(shape, "pool"), product(kernel));
        return List.of(
                GraphValue.unknown(x.type(), shape), GraphValue.unknown(ElementType.INT64, shape));
    }

    private static List<GraphValue> global(NodeCall call) {
        GraphValue x = call.in(0);
        List<Long> shape = new ArrayList<>(x.shape().subList(0, 2));
        shape.addAll(Collections.nCopies(sides(call, x), 1L));
        return List.of(GraphValue.unknown(x.type(), shape));
    }

    /** Number of spatial dimensions of a window. */
    private static int sides(NodeCall call, GraphValue x) {
        call.within("dimensions of the input", x.rank(), 3, 5);
        return x.rank() - 2;
    }

    private static long product(List<Long> numbers) {
        long product = 1;
        for (long each : numbers) {
            product = Math.multiplyExact(product, each);
        }
        return product;
    }

    private static List<Long> numbers(NodeCall call, String name, List<Long> otherwise) {
        List<Long> said = call.numbers(name);
        return said == null ? otherwise : said;
    }

    /** Number of window positions along each dimension. */
    private static List<Long> slid(
            NodeCall call, GraphValue x, List<Long> kernel, int sides, boolean isPartAllowed) {
        List<Long> ones = Collections.nCopies(sides, 1L);
        List<Long> strides = exactly(call, "strides", numbers(call, "strides", ones), sides, 1);
        List<Long> spread = exactly(call, "dilations", numbers(call, "dilations", ones), sides, 1);
        List<Long> none = Collections.nCopies(2 * sides, 0L);
        List<Long> pads = exactly(call, "pads", numbers(call, "pads", none), 2 * sides, 0);
        String automatic = call.word("auto_pad", "NOTSET");
        List<Long> places = new ArrayList<>();
        for (int side = 0; side < sides; side++) {
            long size = x.dimension(2 + side);
            long stride = strides.get(side);
            long of = call.within("kernel_shape", kernel.get(side), 1, MOST);
            long window = spread.get(side) * (of - 1) + 1;
            long before = pads.get(side);
            long padded = size + before + pads.get(sides + side);
            long count =
                    switch (automatic) {
                        case "SAME_UPPER", "SAME_LOWER" -> (size + stride - 1) / stride;
                        case "VALID" -> Math.floorDiv(size - window, stride) + 1;
                        case "NOTSET" -> Math.floorDiv(padded - window, stride) + 1;
                        default ->
                                throw call.wrong(
                                        "auto_pad",
                                        automatic,
                                        "NOTSET, SAME_UPPER, SAME_LOWER or VALID");
                    };
            if (isPartAllowed && automatic.equals("NOTSET")) {
                count = -Math.floorDiv(window - padded, stride) + 1;
                count -= (count - 1) * stride >= size + before ? 1 : 0;
            }
            if (count < 1) {
                throw call.wrong(
                        "window", "%d on %d".formatted(window, padded), "at most as large");
            }
            places.add(count);
        }
        return places;
    }

    private static List<Long> exactly(
            NodeCall call, String name, List<Long> numbers, int count, long least) {
        if (numbers.size() != count) {
            throw call.wrong(name, numbers, count + " numbers");
        }
        numbers.forEach(each -> call.within(name, each, least, MOST));
        return numbers;
    }
}
