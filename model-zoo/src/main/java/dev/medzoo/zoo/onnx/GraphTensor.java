package dev.medzoo.zoo.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A constant of a graph.
 *
 * @param name of it; empty in an attribute
 * @param value type and shape, and the numbers if they are few integers
 * @param isFinite whether every number is finite
 */
record GraphTensor(String name, GraphValue value, boolean isFinite) {
    private static final Set<Integer> LISTS = Set.of(1, 4, 5, 6, 7, 10, 11, 13, 16);

    static GraphTensor read(ProtoReader parent, String where) {
        ProtoReader in = parent.message(where, LISTS);
        List<Long> shape = new ArrayList<>();
        String name = "";
        int type = 0;
        List<ByteBuffer> raw = new ArrayList<>();
        List<Long> integers = new ArrayList<>();
        int held = 0;
        long count = 0;
        while (in.next()) {
            int field = in.field();
            if (field == 4 || field == 5 || field == 7 || field == 9 || field == 10) {
                if (held != 0 && held != field) {
                    throw in.wrong("numbers", "in two lists", "in one");
                }
                held = field;
            }
            switch (field) {
                case 1 -> in.numbers(each -> GraphValue.addDimension(shape, each, where));
                case 2 -> type = (int) in.number();
                case 4 -> raw.add(in.reals());
                case 5, 7 -> count += few(in, integers);
                case 8 -> name = in.text();
                case 9 -> raw.add(in.raw());
                case 10 -> raw.add(in.doubles());
                case 12, 16 -> in.skip();
                case 13 -> throw external(in);
                case 14 -> {
                    if (in.number() != 0) {
                        throw in.wrong("data", "outside the file", "in it");
                    }
                }
                case 3 -> throw in.wrong("segment", "there", "none");
                case 6 -> throw in.wrong("words", "there", "numbers");
                default -> throw in.unknown();
            }
        }
        String named = name.isEmpty() ? where : name;
        long elements = GraphValue.elements(shape, named);
        ElementType element = ElementType.of(type, named);
        if (held == 4 || held == 9 || held == 10) {
            count = raw.stream().mapToLong(ByteBuffer::remaining).sum();
            if (count % element.bytes() != 0 || !element.isIn(held)) {
                throw in.wrong(named, count + " bytes in field " + held, "as " + element);
            }
            count /= element.bytes();
        } else if (held != 0 && !element.isIn(held)) {
            throw in.wrong(named, "numbers in field " + held, "as " + element);
        }
        if (count != elements) {
            throw in.wrong(
                    named, count + " numbers", elements + ", as its shape " + shape + " says");
        }
        boolean few = elements <= GraphValue.MOST_KNOWN;
        List<Long> known =
                !few || !element.isInteger() ? null : held == 9 ? element.integers(raw) : integers;
        return new GraphTensor(name, GraphValue.of(element, shape, known), element.isFinite(raw));
    }

    /** Keeps the first numbers of a list, and counts all. */
    private static long few(ProtoReader in, List<Long> integers) {
        long[] count = {0};
        in.numbers(
                each -> {
                    count[0]++;
                    if (integers.size() <= GraphValue.MOST_KNOWN) {
                        integers.add(each);
                    }
                });
        return count[0];
    }

    private static IllegalArgumentException external(ProtoReader in) {
        ProtoReader entry = in.message("external data", Set.of());
        @Nullable String key = null;
        String value = "";
        while (entry.next()) {
            switch (entry.field()) {
                case 1 -> key = entry.text();
                case 2 -> value = entry.text();
                default -> throw entry.unknown();
            }
        }
        return in.wrong(
                "external data", key + " " + value, "none: every number in the file itself");
    }
}
