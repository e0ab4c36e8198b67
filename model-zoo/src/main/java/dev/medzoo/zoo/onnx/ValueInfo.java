package dev.medzoo.zoo.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A graph's declaration of an input, output or intermediate value.
 *
 * @param name of it
 * @param type of its elements; 0 if not stated
 * @param shape of it, with {@value #ANY} for a dynamic dimension; empty if not stated
 */
record ValueInfo(String name, long type, List<Long> shape) {
    /** A dynamic dimension: named or without a value. */
    static final long ANY = -1;

    private static final Set<Integer> TYPE_LISTS = Set.of();

    ValueInfo {
        shape = List.copyOf(shape);
    }

    static ValueInfo read(ProtoReader graph, String where) {
        ProtoReader in = graph.message(where, Set.of(4));
        String name = "";
        long[] type = {0};
        List<Long> shape = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text();
                case 2 -> readType(in.message("type of " + where, TYPE_LISTS), type, shape);
                case 3, 4 -> in.skip();
                default -> throw in.unknown();
            }
        }
        return new ValueInfo(name, type[0], shape);
    }

    private static void readType(ProtoReader in, long[] type, List<Long> shape) {
        while (in.next()) {
            switch (in.field()) {
                case 1 -> readTensor(in.message("type", TYPE_LISTS), type, shape);
                case 6 -> in.skip();
                default -> throw in.wrong("field", in.field(), "a tensor alone");
            }
        }
    }

    private static void readTensor(ProtoReader in, long[] type, List<Long> shape) {
        while (in.next()) {
            switch (in.field()) {
                case 1 -> type[0] = in.number();
                case 2 -> {
                    ProtoReader dimensions = in.message("shape", Set.of(1));
                    while (dimensions.next()) {
                        if (dimensions.field() != 1) {
                            throw dimensions.unknown();
                        }
                        readDimension(dimensions.message("dimension", TYPE_LISTS), shape);
                    }
                }
                default -> throw in.unknown();
            }
        }
    }

    private static void readDimension(ProtoReader in, List<Long> shape) {
        long size = ANY;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> size = in.number();
                case 2, 3 -> in.text();
                default -> throw in.unknown();
            }
        }
        GraphValue.addDimension(shape, size == ANY ? 0 : size, "shape");
        if (size == ANY) {
            shape.set(shape.size() - 1, ANY);
        }
    }
}
