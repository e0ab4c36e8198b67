package dev.medzoo.registry.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.medzoo.registry.TinyCandidate;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** On what DJL makes of a params file. */
final class WeightAttacks {
    private static final String FIRST = "weights: 01Stem_01SequentialBlock_01Conv2d_weight";
    private static final String SHAPE = " (expected: (2, 3, 3, 3)) in tiny/0.1.0";

    private WeightAttacks() {}

    static List<Attack> of(Path below) {
        return new Attack.Rows()
                .add(
                        "weights: NaN",
                        FIRST + " holds a number that is not finite (expected: finite) in …",
                        change(below, file -> put(file, data(file), Float.NaN)))
                .add(
                        "weights: infinity",
                        FIRST + " holds a number that is not finite (expected: finite) in …",
                        change(below, file -> put(file, data(file), Float.POSITIVE_INFINITY)))
                .add(
                        "weights: a shape of 2⁶² numbers",
                        FIRST + " is (4611686018427387904, 3, 3, 3)" + SHAPE,
                        change(below, file -> put(file, shape(file) + 4, 1L << 62)))
                .add(
                        "weights: a shape of 2³¹ dimensions",
                        "weights: dimensions is 2147483647 (expected: 0..8) in tiny/0.1.0",
                        change(below, file -> put(file, shape(file), Integer.MAX_VALUE)))
                .add(
                        "weights: an array of 2 GiB",
                        FIRST + " bytes is 2147483647 (expected: 216) in tiny/0.1.0",
                        change(below, file -> put(file, data(file) - 4, Integer.MAX_VALUE)))
                .add(
                        "weights: another type of numbers",
                        FIRST + " type is FLOAT64 (expected: FLOAT32) in tiny/0.1.0",
                        change(
                                below,
                                file -> replace(file, "DENSE\0\7FLOAT32", "DENSE\0\7FLOAT64")))
                .add(
                        "weights: a parameter that is absent",
                        FIRST + " is absent" + SHAPE,
                        change(below, file -> replace(file, "\0P\1\0\6weight", "\0N\1\0\6weight")))
                .add(
                        "weights: a switch that makes a layer give more",
                        "weights: intermediate results is 1 (expected: 0) in tiny/0.1.0",
                        change(below, WeightAttacks::intermediate))
                .add(
                        "weights: a header of 2³¹ entries",
                        "weights: a header with 2147483647 entries (expected: 0..64) in …",
                        change(below, file -> put(file, 23, Integer.MAX_VALUE)))
                .add(
                        "weights: cut off",
                        "weights: end inside a parameter (expected: complete) in tiny/0.1.0",
                        change(below, file -> Arrays.copyOf(file, file.length - 1)))
                .add(
                        "weights: bytes after the end",
                        "weights: bytes after the last parameter 1 (expected: 0) in tiny/0.1.0",
                        change(below, file -> Arrays.copyOf(file, file.length + 1)))
                .list();
    }

    private static ThrowingCallable change(Path below, UnaryOperator<byte[]> change) {
        return () -> new HostileStore(below).bytes(TinyCandidate.WEIGHTS, change).load();
    }

    /** Where the first array's number of dimensions is. */
    private static int shape(byte[] file) {
        return indexOf(file, "DENSE\0\7FLOAT32") + 14;
    }

    /** Where the first array's numbers are: after 4 dimensions, 4 letters, order and length. */
    private static int data(byte[] file) {
        return shape(file) + 4 + 4 * 8 + 4 + 4 * 2 + 1 + 4;
    }

    private static byte[] put(byte[] file, int at, Number value) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        if (value instanceof Integer) {
            buffer.putInt(at, value.intValue());
        } else if (value instanceof Long) {
            buffer.putLong(at, value.longValue());
        } else {
            buffer.order(ByteOrder.LITTLE_ENDIAN).putFloat(at, value.floatValue());
        }
        return file;
    }

    /** The stem's sequence begins with its version, 3, and ends before the next sequence's. */
    private static byte[] intermediate(byte[] file) {
        int layout = indexOf(file, "\0?\0?\0?\0?\0\3\0\0\0\1");
        file[layout + 8] = 1;
        return file;
    }

    private static byte[] replace(byte[] file, String good, String bad) {
        byte[] bytes = bad.getBytes(ISO_8859_1);
        System.arraycopy(bytes, 0, file, indexOf(file, good), bytes.length);
        return file;
    }

    private static int indexOf(byte[] file, String text) {
        return new String(file, ISO_8859_1).indexOf(text);
    }
}
