package dev.medzoo.zoo.onnx;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of a node.
 *
 * @param name of it
 * @param integers integer or list of integers; else null
 * @param reals number of floats in it, one or a list; -1 for another kind
 * @param text a word; else null
 * @param tensor constant numbers; else null
 */
record GraphAttribute(
        String name,
        @Nullable List<Long> integers,
        int reals,
        @Nullable String text,
        @Nullable GraphTensor tensor) {
    private static final int MOST_NUMBERS = 4096;

    private static final Set<Integer> LISTS = Set.of(7, 8, 9, 10, 11, 15, 23);

    /** {@code AttributeProto.AttributeType} by the field that holds the value. */
    private static int kind(int field) {
        return switch (field) {
            case 2 -> 1;
            case 3 -> 2;
            case 4 -> 3;
            case 5 -> 4;
            case 7 -> 6;
            case 8 -> 7;
            default -> 0;
        };
    }

    static GraphAttribute read(ProtoReader node, String of) {
        ProtoReader in = node.message("attribute of " + of, LISTS);
        String name = "";
        List<Long> integers = new ArrayList<>();
        String text = null;
        GraphTensor tensor = null;
        int reals = 0;
        int type = 0;
        int kind = 0;
        while (in.next()) {
            int held = kind(in.field());
            if (held != 0 && kind != 0 && held != kind) {
                throw in.wrong("value", "of two kinds", "one");
            }
            kind = Math.max(kind, held);
            switch (in.field()) {
                case 1 -> name = in.text();
                case 2 -> {
                    in.real();
                    reals = 1;
                }
                case 3 -> integers.add(in.number());
                case 4 -> text = word(in.raw());
                case 5 -> tensor = GraphTensor.read(in, "value of " + of);
                case 7 -> reals += in.reals().remaining() / Float.BYTES;
                case 8 -> in.numbers(each -> add(integers, each, in));
                case 13 -> in.skip();
                case 20 -> type = (int) in.number();
                case 6, 11 -> throw in.wrong("a graph in " + of, "there", "none in a node");
                case 21 -> throw in.wrong("reference to a function", "there", "none");
                default -> throw in.unknown();
            }
        }
        if (kind == 0) {
            kind = type == 7 || type == 6 ? type : 0;
        }
        if (kind == 0 || kind != type) {
            throw in.wrong(name, "value of kind " + kind + ", said " + type, "of one kind");
        }
        boolean isInteger = kind == 2 || kind == 7;
        boolean isReal = kind == 1 || kind == 6;
        return new GraphAttribute(
                name, isInteger ? List.copyOf(integers) : null, isReal ? reals : -1, text, tensor);
    }

    private static void add(List<Long> integers, long each, ProtoReader in) {
        if (integers.size() == MOST_NUMBERS) {
            throw in.wrong("numbers", "more than " + MOST_NUMBERS, "at most " + MOST_NUMBERS);
        }
        integers.add(each);
    }

    /** Decodes an ASCII string; any other text is no valid value of an operator. */
    private static String word(ByteBuffer raw) {
        byte[] few = new byte[Math.min(64, raw.remaining())];
        raw.get(few);
        return new String(few, StandardCharsets.ISO_8859_1);
    }
}
