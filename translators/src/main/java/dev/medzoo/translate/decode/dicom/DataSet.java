package dev.medzoo.translate.decode.dicom;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import javax.imageio.IIOException;
import org.jspecify.annotations.Nullable;

/** The elements of one data set, or of one item of a sequence, that a picture needs. */
final class DataSet {
    private static final int MOST_CHARACTERS = 64;
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private final byte[] bytes;
    private final Map<Integer, Element> elements = new HashMap<>();
    private final Map<Integer, DataSet> items = new HashMap<>();

    DataSet(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Stores an element; for duplicate tags the first one wins. */
    void put(Element element) {
        elements.putIfAbsent(element.tag(), element);
    }

    /** Stores the relevant item of a sequence. */
    void put(int sequence, DataSet item) {
        items.putIfAbsent(sequence, item);
    }

    byte[] bytes() {
        return bytes;
    }

    /** The element, or null if it is absent or empty. */
    @Nullable Element element(int tag) {
        Element element = elements.get(tag);
        return element == null || element.length() == 0 ? null : element;
    }

    /** The stored item of a sequence, or null. */
    @Nullable DataSet item(int sequence) {
        return items.get(sequence);
    }

    /**
     * Finds the item that applies to the frame: in the frame's functional groups, else in the
     * shared functional groups (PS3.3 C.7.6.16), else in this data set itself.
     */
    DataSet ofFrame(int sequence) {
        for (int groups :
                new int[] {Tag.PER_FRAME_FUNCTIONAL_GROUPS, Tag.SHARED_FUNCTIONAL_GROUPS}) {
            DataSet group = item(groups);
            DataSet item = group == null ? null : group.item(sequence);
            if (item != null) {
                return item;
            }
        }
        return this;
    }

    /** A required unsigned number of two bytes (US). */
    int number(int tag, String name) throws IOException {
        int number = number(tag, -1);
        if (number < 0) {
            throw new IIOException("no " + name + " " + Tag.text(tag));
        }
        return number;
    }

    /** The first unsigned number of two bytes, or the default. */
    int number(int tag, int byDefault) {
        Element element = element(tag);
        return element == null || element.length() < 2
                ? byDefault
                : LittleEndian.int16(bytes, element.at());
    }

    /** Raw bytes of a value; empty if the element is absent. */
    byte[] value(int tag) {
        Element element = element(tag);
        return element == null
                ? new byte[0]
                : Arrays.copyOfRange(bytes, element.at(), element.end());
    }

    /**
     * The first value of a text, trimmed; empty if absent.
     *
     * @throws IOException if it is longer than any valid value: a truncated one would be a
     *     different value
     */
    String text(int tag) throws IOException {
        Element element = element(tag);
        if (element == null) {
            return "";
        }
        int length = (int) Math.min(MOST_CHARACTERS + 1, element.length());
        String all = new String(bytes, element.at(), length, StandardCharsets.ISO_8859_1);
        int end = all.indexOf('\\');
        if (end < 0 && length > MOST_CHARACTERS) {
            throw new IIOException(
                    "%s of %d bytes (expected: at most %d)"
                            .formatted(Tag.text(tag), element.length(), MOST_CHARACTERS));
        }
        return (end < 0 ? all : all.substring(0, end)).replace('\0', ' ').strip();
    }

    /** The first number of a decimal text (DS or IS). */
    OptionalDouble decimal(int tag) throws IOException {
        String text = text(tag);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        // Avoids Java's own message, which would repeat the text.
        double number = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw new IIOException(Tag.text(tag) + ", which is no decimal number");
        }
        return OptionalDouble.of(number);
    }
}
