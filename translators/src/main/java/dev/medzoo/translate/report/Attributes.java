package dev.medzoo.translate.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Builds a data set, or an item of a sequence. It is written in explicit VR little endian with
 * defined lengths (PS3.5 sections 7.1.2 and 7.5).
 */
final class Attributes {
    /** VRs whose length field has four bytes, after two reserved ones. */
    private static final Set<String> LONG = Set.of("OB", "OW", "SQ", "UC", "UT");

    private static final int ITEM = 0xfffee000;
    private static final int MOST_SHORT_BYTES = 0xfffe;

    /** VRs of free text, which may contain line breaks. */
    private static final Set<String> PARAGRAPHS = Set.of("LT", "ST", "UT");

    private final TreeMap<Integer, Attribute> attributes = new TreeMap<>(Integer::compareUnsigned);

    private record Attribute(String representation, Value value) {}

    /** Encodes a value once the character set is known. */
    private interface Value {
        byte[] bytes(Charset charset);
    }

    /** Adds raw bytes, padded to an even length. */
    Attributes bytes(int tag, String representation, byte[] value) {
        attributes.put(tag, new Attribute(representation, charset -> value));
        return this;
    }

    /** Adds an empty element. */
    Attributes empty(int tag, String representation) {
        return bytes(tag, representation, new byte[0]);
    }

    /** Adds one text value; characters that would end or split it become spaces. */
    Attributes text(int tag, String representation, String text) {
        String plain = plain(representation, text);
        attributes.put(tag, new Attribute(representation, plain::getBytes));
        return this;
    }

    /** Adds several code strings (CS). */
    Attributes codes(int tag, String... values) {
        byte[] joined = String.join("\\", values).getBytes(StandardCharsets.US_ASCII);
        return bytes(tag, "CS", joined);
    }

    Attributes uid(int tag, String uid) {
        return bytes(tag, "UI", uid.getBytes(StandardCharsets.US_ASCII));
    }

    /** Adds an unsigned number of two bytes. */
    Attributes number(int tag, int number) {
        return bytes(tag, "US", new byte[] {(byte) number, (byte) (number >> 8)});
    }

    /** Adds a floating-point number of eight bytes. */
    Attributes real(int tag, double number) {
        byte[] bytes = new byte[Double.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putDouble(number);
        return bytes(tag, "FD", bytes);
    }

    Attributes sequence(int tag, Attributes... items) {
        return sequence(tag, List.of(items));
    }

    Attributes sequence(int tag, List<Attributes> items) {
        List<Attributes> kept = List.copyOf(items);
        attributes.put(tag, new Attribute("SQ", charset -> items(kept, charset)));
        return this;
    }

    /** Adds all elements of another. */
    Attributes putAll(Attributes other) {
        attributes.putAll(other.attributes);
        return this;
    }

    private static byte[] items(List<Attributes> items, Charset charset) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Attributes each : items) {
            byte[] item = each.encoded(charset);
            out.writeBytes(head(ITEM, "", item.length));
            out.writeBytes(item);
        }
        return out.toByteArray();
    }

    /**
     * Encodes all elements.
     *
     * @param charset of texts; characters that it lacks become question marks
     */
    byte[] encoded(Charset charset) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        attributes.forEach(
                (tag, attribute) -> {
                    byte[] value = attribute.value().bytes(charset);
                    int padding = value.length % 2;
                    String representation = attribute.representation();
                    out.writeBytes(head(tag, representation, value.length + padding));
                    out.writeBytes(value);
                    for (int i = 0; i < padding; i++) {
                        out.write(isText(representation) ? ' ' : 0);
                    }
                });
        return out.toByteArray();
    }

    /** Encodes the header of an element, or of an item if there is no VR. */
    private static byte[] head(int tag, String representation, int length) {
        boolean isItem = representation.isEmpty();
        boolean isLong = LONG.contains(representation);
        if (!isItem && !isLong && length > MOST_SHORT_BYTES) {
            throw new IllegalArgumentException(
                    "(%04x,%04x): %d bytes (expected: at most %d)"
                            .formatted(tag >>> 16, tag & 0xffff, length, MOST_SHORT_BYTES));
        }
        byte[] bytes = new byte[isLong ? 12 : 8];
        ByteBuffer head = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort((short) (tag >>> 16)).putShort((short) tag);
        head.put(representation.getBytes(StandardCharsets.US_ASCII));
        if (isItem) {
            head.putInt(length);
        } else if (isLong) {
            head.putShort((short) 0).putInt(length);
        } else {
            head.putShort((short) length);
        }
        return bytes;
    }

    private static boolean isText(String representation) {
        return !Set.of("UI", "OB", "OW").contains(representation);
    }

    private static String plain(String representation, String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .map(each -> Character.isISOControl(each) ? ' ' : each)
                .map(each -> each == '\\' && !PARAGRAPHS.contains(representation) ? ' ' : each)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
