package dev.medzoo.zoo.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The supported element types; strings and other sizes are refused. */
enum ElementType {
    FLOAT(1, 4, 4),
    UINT8(2, 1, 5),
    INT8(3, 1, 5),
    INT32(6, 4, 5),
    INT64(7, 8, 7),
    BOOL(9, 1, 5),
    FLOAT16(10, 2, 5),
    DOUBLE(11, 8, 10);

    private static final int RAW = 9;

    private final int number;
    private final int bytes;

    /** Field of a TensorProto that holds them if not {@code raw_data}. */
    private final int field;

    ElementType(int number, int bytes, int field) {
        this.number = number;
        this.bytes = bytes;
        this.field = field;
    }

    /**
     * Returns the type of a number in onnx.proto.
     *
     * @param where what has it, for messages
     */
    static ElementType of(long number, String where) {
        for (ElementType each : values()) {
            if (each.number == number) {
                return each;
            }
        }
        throw new IllegalArgumentException(
                "%s: element type: %d (expected: %s)"
                        .formatted(where, number, Arrays.toString(values())));
    }

    /** Size of one element. */
    int bytes() {
        return bytes;
    }

    boolean isIn(int held) {
        return held == RAW || held == field;
    }

    boolean isInteger() {
        return this != FLOAT && this != FLOAT16 && this != DOUBLE;
    }

    /** Whether an integer is in the range of this type. */
    boolean holds(long number) {
        return switch (this) {
            case INT64 -> true;
            case INT32 -> number == (int) number;
            case INT8 -> number == (byte) number;
            default -> number >= 0 && number <= 255;
        };
    }

    /** Decodes the numbers of an integer type from raw bytes. */
    List<Long> integers(List<ByteBuffer> raw) {
        List<Long> numbers = new ArrayList<>();
        for (ByteBuffer part : raw) {
            ByteBuffer in = part.duplicate().order(part.order());
            while (in.hasRemaining()) {
                numbers.add(
                        switch (this) {
                            case INT64 -> in.getLong();
                            case INT32 -> (long) in.getInt();
                            case INT8 -> (long) in.get();
                            default -> in.get() & 0xffL;
                        });
            }
        }
        return numbers;
    }

    /** Whether all float32 numbers are finite; other types are small or few. */
    boolean isFinite(List<ByteBuffer> raw) {
        if (this != FLOAT) {
            return true;
        }
        for (ByteBuffer part : raw) {
            ByteBuffer in = part.duplicate().order(part.order());
            while (in.remaining() >= Float.BYTES) {
                if (!Float.isFinite(in.getFloat())) {
                    return false;
                }
            }
        }
        return true;
    }
}
