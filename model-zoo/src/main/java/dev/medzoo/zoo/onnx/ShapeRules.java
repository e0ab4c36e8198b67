package dev.medzoo.zoo.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Operators that rearrange elements, and those that compute with shapes. */
final class ShapeRules {
    private ShapeRules() {}

    static void addTo(Map<String, OperatorRule> rules) {
        rules.put("Concat", ShapeRules::concat);
        rules.put("Constant", ShapeRules::constant);
        rules.put("ConstantOfShape", ShapeRules::constantOfShape);
        rules.put("DepthToSpace", call -> blocks(call, true));
        rules.put("Expand", ShapeRules::expand);
        rules.put("Flatten", ShapeRules::flatten);
        rules.put("Gather", ShapeRules::gather);
        rules.put("Pad", ShapeRules::pad);
        rules.put("Reshape", ShapeRules::reshape);
        rules.put("Shape", ShapeRules::shape);
        rules.put("Slice", SliceRule::slice);
        rules.put("SpaceToDepth", call -> blocks(call, false));
        rules.put("Split", ShapeRules::split);
        rules.put("Squeeze", ShapeRules::squeeze);
        rules.put("Transpose", ShapeRules::transpose);
        rules.put("Unsqueeze", ShapeRules::unsqueeze);
    }

    private static List<GraphValue> concat(NodeCall call) {
        List<GraphValue> all = call.all();
        int axis = call.axis(call.number("axis", 0), all.get(0).rank());
        List<Long> shape = new ArrayList<>(all.get(0).shape());
        List<Long> numbers = all.get(0).rank() == 1 ? new ArrayList<>() : null;
        long along = 0;
        for (GraphValue each : all) {
            List<Long> other = new ArrayList<>(each.shape());
            if (each.rank() == shape.size()) {
                along += each.dimension(axis);
                other.set(axis, shape.get(axis));
            }
            if (!other.equals(shape)) {
                throw call.wrong("shapes", shape + " and " + each.shape(), "one but on the axis");
            }
            if (numbers != null && each.numbers() != null) {
                numbers.addAll(each.numbers());
            } else {
                numbers = null;
            }
        }
        shape.set(axis, along);
        return List.of(GraphValue.of(all.get(0).type(), shape, numbers));
    }

    private static List<GraphValue> constant(NodeCall call) {
        GraphAttribute value = call.attribute("value");
        if (value != null && value.tensor() != null) {
            return List.of(value.tensor().value());
        }
        for (String name : List.of("value_int", "value_ints")) {
            List<Long> numbers = call.numbers(name);
            if (numbers != null) {
                boolean isOne = name.equals("value_int");
                List<Long> shape = isOne ? List.of() : List.of((long) numbers.size());
                return List.of(GraphValue.of(ElementType.INT64, shape, numbers));
            }
        }
        for (String name : List.of("value_float", "value_floats")) {
            GraphAttribute reals = call.attribute(name);
            if (reals != null && reals.reals() >= 0) {
                boolean isOne = name.equals("value_float");
                List<Long> shape = isOne ? List.of() : List.of((long) reals.reals());
                return List.of(GraphValue.unknown(ElementType.FLOAT, shape));
            }
        }
        throw call.wrong("value", "absent, or of words", "numbers");
    }

    private static List<GraphValue> constantOfShape(NodeCall call) {
        List<Long> shape = call.known(0, "shape");
        GraphAttribute attribute = call.attribute("value");
        GraphTensor tensor = attribute == null ? null : attribute.tensor();
        ElementType type = tensor == null ? ElementType.FLOAT : tensor.value().type();
        long elements = GraphValue.elements(shape, "ConstantOfShape");
        List<Long> one = tensor == null ? null : tensor.value().numbers();
        List<Long> numbers =
                one == null || one.size() != 1 || elements > GraphValue.MOST_KNOWN
                        ? null
                        : Collections.nCopies((int) elements, one.get(0));
        return List.of(GraphValue.of(type, shape, numbers));
    }

    private static List<GraphValue> expand(NodeCall call) {
        GraphValue x = call.in(0);
        List<Long> shape = call.known(1, "shape");
        GraphValue.elements(shape, "Expand");
        List<Long> both = call.broadcast(x.shape(), shape);
        return List.of(GraphValue.unknown(x.type(), both));
    }

    private static List<GraphValue> flatten(NodeCall call) {
        GraphValue x = call.in(0);
        long said = call.number("axis", 1);
        int axis = said == x.rank() ? x.rank() : call.axis(said, Math.max(1, x.rank()));
        long rows = GraphValue.elements(x.shape().subList(0, axis), "Flatten");
        long columns = GraphValue.elements(x.shape().subList(axis, x.rank()), "Flatten");
        return List.of(GraphValue.unknown(x.type(), List.of(rows, columns)));
    }

    private static List<GraphValue> gather(NodeCall call) {
        GraphValue x = call.in(0);
        GraphValue which = call.in(1);
        int axis = call.axis(call.number("axis", 0), x.rank());
        List<Long> shape = new ArrayList<>(x.shape().subList(0, axis));
        shape.addAll(which.shape());
        shape.addAll(x.shape().subList(axis + 1, x.rank()));
        List<Long> indices = which.numbers();
        if (indices != null) {
            long size = x.dimension(axis);
            indices.forEach(each -> call.within("index", each, -size, size - 1));
        }
        return List.of(GraphValue.of(x.type(), shape, gathered(x, indices)));
    }

    private static @Nullable List<Long> gathered(GraphValue x, @Nullable List<Long> indices) {
        List<Long> numbers = x.numbers();
        if (numbers == null || indices == null || x.rank() != 1) {
            return null;
        }
        List<Long> taken = new ArrayList<>();
        indices.forEach(
                each -> taken.add(numbers.get((int) (each < 0 ? each + numbers.size() : each))));
        return taken;
    }

    private static List<GraphValue> pad(NodeCall call) {
        GraphValue x = call.in(0);
        List<Long> said = call.numbers("pads");
        List<Long> pads = said == null ? call.known(1, "pads") : said;
        if (call.optional(3) != null || pads.size() != 2 * x.rank()) {
            throw call.wrong("pads", pads, "two numbers a dimension, and no axes");
        }
        String mode = call.word("mode", "constant");
        if (!mode.equals("constant")) {
            throw call.wrong("mode", mode, "constant");
        }
        List<Long> shape = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            long before = call.within("pads", pads.get(axis), 0, 1 << 16);
            long after = call.within("pads", pads.get(axis + x.rank()), 0, 1 << 16);
            shape.add(x.dimension(axis) + before + after);
        }
        return List.of(GraphValue.unknown(x.type(), shape));
    }

    private static List<GraphValue> reshape(NodeCall call) {
        GraphValue x = call.in(0);
        List<Long> said = call.numbers("shape");
        List<Long> wanted = said == null ? call.known(1, "shape") : said;
        boolean isZeroKept = call.number("allowzero", 0) != 0;
        List<Long> shape = new ArrayList<>();
        int open = -1;
        for (int axis = 0; axis < wanted.size(); axis++) {
            long each = call.within("shape", wanted.get(axis), -1, GraphValue.MOST_ELEMENTS);
            if (each == -1 && open >= 0) {
                throw call.wrong("shape", wanted, "one -1 at most");
            }
            if (each == 0 && !isZeroKept && axis >= x.rank()) {
                throw call.wrong("shape", wanted, "0 only for a dimension of the input");
            }
            open = each == -1 ? axis : open;
            shape.add(each == -1 ? 1L : each == 0 && !isZeroKept ? x.dimension(axis) : each);
        }
        long before = GraphValue.elements(x.shape(), "Reshape");
        long fixed = GraphValue.elements(shape, "Reshape");
        if (open >= 0 && fixed > 0 && before % fixed == 0) {
            shape.set(open, before / fixed);
            fixed = before;
        }
        if (fixed != before) {
            throw call.wrong("shape", wanted + " of " + x.shape(), "as many numbers");
        }
        return List.of(GraphValue.of(x.type(), shape, x.numbers()));
    }

    private static List<GraphValue> shape(NodeCall call) {
        GraphValue x = call.in(0);
        int from = end(call.number("start", 0), x.rank());
        int to = end(call.number("end", x.rank()), x.rank());
        List<Long> shape = from < to ? x.shape().subList(from, to) : List.of();
        return List.of(GraphValue.of(ElementType.INT64, List.of((long) shape.size()), shape));
    }

    private static int end(long said, int rank) {
        return (int) Math.max(0, Math.min(rank, said < 0 ? said + rank : said));
    }

    private static List<GraphValue> split(NodeCall call) {
        GraphValue x = call.in(0);
        int axis = call.axis(call.number("axis", 0), x.rank());
        long size = x.dimension(axis);
        int count = call.outputs();
        List<Long> parts = call.numbers("split");
        if (parts == null && call.optional(1) != null) {
            parts = call.known(1, "split");
        }
        if (parts == null) {
            long each = (size + count - 1) / count;
            parts = new ArrayList<>(Collections.nCopies(count, each));
            parts.set(count - 1, size - each * (count - 1));
        }
        long together = 0;
        for (long each : parts) {
            together += call.within("split", each, 0, size);
        }
        if (parts.size() != count || together != size) {
            throw call.wrong("split", parts, "%d parts of %d together".formatted(count, size));
        }
        List<GraphValue> put = new ArrayList<>();
        for (long each : parts) {
            List<Long> shape = new ArrayList<>(x.shape());
            shape.set(axis, each);
            put.add(GraphValue.unknown(x.type(), shape));
        }
        return put;
    }

    private static List<GraphValue> squeeze(NodeCall call) {
        GraphValue x = call.in(0);
        List<Long> said = call.axes(1);
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; said == null && axis < x.rank(); axis++) {
            if (x.dimension(axis) == 1) {
                axes.add(axis);
            }
        }
        if (said != null) {
            said.forEach(each -> axes.add(call.axis(each, x.rank())));
        }
        List<Long> shape = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            if (!axes.contains(axis)) {
                shape.add(x.dimension(axis));
            } else if (x.dimension(axis) != 1) {
                throw call.wrong("axis " + axis, x.shape(), "1 there");
            }
        }
        return List.of(GraphValue.of(x.type(), shape, x.numbers()));
    }

    private static List<GraphValue> transpose(NodeCall call) {
        GraphValue x = call.in(0);
        int rank = x.rank();
        List<Long> backwards = LongStream.range(0, rank).map(i -> rank - 1 - i).boxed().toList();
        List<Long> order = Objects.requireNonNullElse(call.numbers("perm"), backwards);
        if (order.size() != rank || order.stream().distinct().count() != rank) {
            throw call.wrong("perm", order, "each of %d axes once".formatted(rank));
        }
        List<Long> shape = new ArrayList<>();
        for (long from : order) {
            shape.add(x.dimension((int) call.within("perm", from, 0, rank - 1)));
        }
        List<Long> numbers = x.numbers() == null ? null : turned(x.numbers(), x.shape(), order);
        return List.of(GraphValue.of(x.type(), shape, numbers));
    }

    /** Transposes known numbers of a shape. */
    private static List<Long> turned(List<Long> numbers, List<Long> shape, List<Long> order) {
        List<Integer> places = new ArrayList<>(List.of(0));
        for (long axis : order) {
            int step = 1;
            for (long size : shape.subList((int) axis + 1, shape.size())) {
                step *= (int) size;
            }
            List<Integer> further = new ArrayList<>();
            for (int place : places) {
                for (int i = 0; i < shape.get((int) axis); i++) {
                    further.add(place + i * step);
                }
            }
            places = further;
        }
        return places.stream().map(numbers::get).toList();
    }

    private static List<GraphValue> unsqueeze(NodeCall call) {
        GraphValue x = call.in(0);
        List<Long> said = call.axes(1);
        if (said == null) {
            throw call.wrong("axes", "absent", "there");
        }
        int rank = x.rank() + said.size();
        List<Integer> axes = new ArrayList<>();
        said.forEach(each -> axes.add(call.axis(each, rank)));
        if (axes.stream().distinct().count() != axes.size()) {
            throw call.wrong("axes", said, "distinct");
        }
        List<Long> shape = new ArrayList<>();
        int from = 0;
        for (int axis = 0; axis < rank; axis++) {
            shape.add(axes.contains(axis) ? 1L : x.dimension(from++));
        }
        return List.of(GraphValue.of(x.type(), shape, x.numbers()));
    }

    /** DepthToSpace, or SpaceToDepth. */
    private static List<GraphValue> blocks(NodeCall call, boolean isToSpace) {
        GraphValue x = call.in(0);
        call.within("dimensions of the input", x.rank(), 4, 4);
        long side = call.within("blocksize", call.number("blocksize", 0), 1, 1 << 10);
        long channels = x.dimension(1);
        long height = x.dimension(2);
        long width = x.dimension(3);
        boolean fits =
                isToSpace ? channels % (side * side) == 0 : height % side == 0 && width % side == 0;
        if (!fits) {
            throw call.wrong("blocksize", side + " of " + x.shape(), "one that fits");
        }
        List<Long> shape =
                isToSpace
                        ? List.of(
                                x.dimension(0),
                                channels / (side * side),
                                height * side,
                                width * side)
                        : List.of(
                                x.dimension(0),
                                channels * side * side,
                                height / side,
                                width / side);
        return List.of(GraphValue.unknown(x.type(), shape));
    }
}
