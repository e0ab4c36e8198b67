package dev.medzoo.zoo.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Reads one message of the Protocol Buffers wire format field by field, as untrusted input. A
 * repeated field that is not a list is refused, because readers differ in which value they use.
 * Nothing is copied, and lengths beyond the message are refused.
 */
final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private static final int MOST_VARINT_BYTES = 10;
    private static final int MOST_TEXT_BYTES = 1024;

    private final byte[] bytes;
    private final int to;
    private final String what;
    private final Set<Integer> lists;
    private long seen;
    private int at;
    private int begin;
    private int field;
    private int type;

    /**
     * @param what it is, for messages
     * @param lists fields that may be repeated
     */
    ProtoReader(byte[] bytes, String what, Set<Integer> lists) {
        this(bytes, 0, bytes.length, what, lists);
    }

    private ProtoReader(byte[] bytes, int from, int to, String what, Set<Integer> lists) {
        this.bytes = bytes;
        this.at = from;
        this.to = to;
        this.what = what;
        this.lists = lists;
    }

    /**
     * Advances to the next field, whose value must then be read.
     *
     * @return whether there is one
     */
    boolean next() {
        if (at == to) {
            return false;
        }
        begin = at;
        long tag = varint();
        field = (int) Math.min(Integer.MAX_VALUE, tag >>> 3);
        type = (int) (tag & 7);
        if (field < 1 || field >= Long.SIZE) {
            throw wrong("field", Long.toUnsignedString(tag >>> 3), "one of onnx.proto");
        }
        if ((seen & 1L << field) != 0 && !lists.contains(field)) {
            throw wrong("field " + field, "there twice", "once");
        }
        seen |= 1L << field;
        return true;
    }

    /** Number of the field. */
    int field() {
        return field;
    }

    /** Creates an error for a field unknown in the message. */
    IllegalArgumentException unknown() {
        return wrong("field", field, "one that is known here");
    }

    /** Creates an error about this message. */
    IllegalArgumentException wrong(String name, Object value, String expected) {
        return new IllegalArgumentException(
                "%s: %s: %s (expected: %s)".formatted(what, name, value, expected));
    }

    /** An int32, int64 or enum. */
    long number() {
        require(VARINT);
        return varint();
    }

    /** A float. */
    float real() {
        require(FIXED32);
        return little(4).getFloat();
    }

    /** A list of int32 or int64, or one number of it. */
    void numbers(LongConsumer each) {
        if (type == VARINT) {
            each.accept(varint());
            return;
        }
        ProtoReader list = part();
        while (list.at < list.to) {
            each.accept(list.varint());
        }
    }

    /** A list of floats, or one of it, as raw bytes. */
    ByteBuffer reals() {
        return type == FIXED32 ? little(Float.BYTES) : raw();
    }

    /** A list of doubles, or one of it, as raw bytes. */
    ByteBuffer doubles() {
        return type == FIXED64 ? little(Double.BYTES) : raw();
    }

    /** Raw bytes as a little-endian buffer. */
    ByteBuffer raw() {
        ProtoReader part = part();
        return part.little(part.to - part.at);
    }

    /** A name of at most 1024 bytes of UTF-8 without control characters. */
    String text() {
        ByteBuffer raw = raw();
        if (raw.remaining() > MOST_TEXT_BYTES) {
            throw wrong("a name", raw.remaining() + " bytes", "at most " + MOST_TEXT_BYTES);
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(raw).toString();
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw wrong("a name", "a control character", "none");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw wrong("a name", "no UTF-8", "UTF-8");
        }
    }

    /**
     * Reads a nested message.
     *
     * @param named what it is, for messages
     * @param itsLists fields of it that may be repeated
     */
    ProtoReader message(String named, Set<Integer> itsLists) {
        ProtoReader part = part();
        return new ProtoReader(bytes, part.at, part.to, named, itsLists);
    }

    /** Skips unneeded bytes, text or a message. */
    void skip() {
        part();
    }

    /** Skips a field of any type and returns its bytes, tag included. */
    byte[] copy() {
        switch (type) {
            case VARINT -> varint();
            case FIXED64 -> little(Long.BYTES);
            case FIXED32 -> little(Integer.BYTES);
            default -> part();
        }
        return Arrays.copyOfRange(bytes, begin, at);
    }

    private ProtoReader part() {
        require(LENGTH);
        long length = varint();
        if (length < 0 || length > to - at) {
            throw wrong(
                    "field " + field,
                    Long.toUnsignedString(length) + " bytes",
                    "at most " + (to - at) + ", all there are");
        }
        at += (int) length;
        return new ProtoReader(bytes, at - (int) length, at, what, lists);
    }

    private ByteBuffer little(int length) {
        if (length > to - at) {
            throw wrong("field " + field, "cut off", length + " bytes");
        }
        ByteBuffer part = ByteBuffer.wrap(bytes, at, length).slice();
        at += length;
        return part.order(ByteOrder.LITTLE_ENDIAN);
    }

    private void require(int expected) {
        if (type != expected) {
            throw wrong("wire type of field " + field, type, Integer.toString(expected));
        }
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < MOST_VARINT_BYTES; i++) {
            if (at == to) {
                throw wrong("a number", "cut off", "complete");
            }
            byte next = bytes[at++];
            value |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw wrong("a number", "more than 10 bytes", "at most 10");
    }
}
