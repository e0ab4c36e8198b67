package dev.medzoo.translate.decode.dicom;

import java.io.EOFException;
import java.io.IOException;
import java.util.Set;
import javax.imageio.IIOException;

/**
 * Parses a data set in one pass, from its first element to the pixel data (PS3.5 section 7).
 * Unneeded sequences of known length are skipped; others are entered, to a bounded depth.
 */
final class DataSetReader {
    /** Structured reports nest deeper; pictures do not. */
    private static final int MOST_DEPTH = 16;

    private static final int ELEMENTS_BETWEEN_CHECKS = 4096;

    /** Cost of an element, in pixels of a plain JPEG. */
    private static final double WORK_OF_ELEMENT = 2;

    private final byte[] bytes;
    private final int frame;
    private final Set<Integer> values;
    private final Set<Integer> sequences;
    private final CostLimits limits;
    private int elements;

    /** Keeps the elements needed to decode a frame, counted from 1. */
    static DataSetReader ofPixels(byte[] bytes, int frame, CostLimits limits) {
        return new DataSetReader(bytes, frame, Tag.VALUES, Tag.SEQUENCES, limits);
    }

    /** Keeps these elements, outside of sequences only. */
    static DataSetReader of(byte[] bytes, Set<Integer> values, CostLimits limits) {
        return new DataSetReader(bytes, 1, values, Set.of(), limits);
    }

    /** Keeps these elements, and of these sequences the first items, of a file's first bytes. */
    static DataSetReader ofHead(
            byte[] head, Set<Integer> values, Set<Integer> sequences, CostLimits limits) {
        return new DataSetReader(head, 1, values, sequences, limits);
    }

    private DataSetReader(
            byte[] bytes,
            int frame,
            Set<Integer> values,
            Set<Integer> sequences,
            CostLimits limits) {
        this.bytes = bytes;
        this.frame = frame;
        this.values = values;
        this.sequences = sequences;
        this.limits = limits;
    }

    /** Reads the elements from an offset up to the pixel data. */
    DataSet read(int at, boolean isExplicit) throws IOException {
        DataSet set = new DataSet(bytes);
        int next = at;
        while (next < bytes.length) {
            Element element = element(next, bytes.length, isExplicit);
            if (element.tag() == Tag.PIXEL_DATA) {
                set.put(element);
                return set;
            }
            next = take(set, element, bytes.length, isExplicit, 0);
        }
        return set;
    }

    /**
     * Reads the elements from an offset up to the head of the pixel data, whose value need not be
     * there.
     *
     * @throws EOFException if the bytes end before it
     */
    DataSet readHead(int at, boolean isExplicit) throws IOException {
        DataSet set = new DataSet(bytes);
        int next = at;
        while (true) {
            Element element =
                    Element.isAt(Tag.PIXEL_DATA, bytes, next)
                            ? Element.headAt(bytes, next, isExplicit)
                            : element(next, bytes.length, isExplicit);
            if (element.tag() == Tag.PIXEL_DATA) {
                set.put(element);
                return set;
            }
            next = take(set, element, bytes.length, isExplicit, 0);
        }
    }

    private Element element(int at, int end, boolean isExplicit) throws IOException {
        elements++;
        if (elements % ELEMENTS_BETWEEN_CHECKS == 0) {
            limits.work(
                    "DICOM of %d elements".formatted(elements),
                    WORK_OF_ELEMENT * ELEMENTS_BETWEEN_CHECKS);
            limits.checkWanted();
        }
        return Element.at(bytes, at, end, isExplicit);
    }

    /** Keeps or skips one element; returns the offset after it. */
    private int take(DataSet set, Element element, int end, boolean isExplicit, int depth)
            throws IOException {
        boolean isKept = sequences.contains(element.tag());
        if (element.isUndefined() || isKept) {
            // Archives keep elements they do not know (UN) in implicit VR form (PS3.5 section
            // 6.2.2).
            boolean isUnknown = element.representation().equals("UN");
            return sequence(set, element, end, isExplicit && !isUnknown, depth + 1);
        }
        if (values.contains(element.tag())) {
            set.put(element);
        }
        return element.end();
    }

    private int sequence(DataSet set, Element sequence, int end, boolean isExplicit, int depth)
            throws IOException {
        if (depth > MOST_DEPTH) {
            throw new IIOException(
                    "nested sequences (expected: at most %d levels)".formatted(MOST_DEPTH));
        }
        boolean isKept = sequences.contains(sequence.tag());
        int wanted = sequence.tag() == Tag.PER_FRAME_FUNCTIONAL_GROUPS ? frame - 1 : 0;
        int limit = sequence.isUndefined() ? end : sequence.end();
        int at = sequence.at();
        for (int index = 0; at < limit; index++) {
            Element item = element(at, limit, isExplicit);
            if (item.tag() == Tag.SEQUENCE_END && sequence.isUndefined()) {
                return item.at();
            }
            if (item.tag() != Tag.ITEM) {
                throw new IIOException(
                        Tag.text(item.tag())
                                + " (expected: an item) in "
                                + Tag.text(sequence.tag()));
            }
            DataSet kept = new DataSet(bytes);
            boolean isWanted = isKept && index == wanted;
            at =
                    isWanted || item.isUndefined()
                            ? item(kept, item, limit, isExplicit, depth)
                            : item.end();
            if (isWanted) {
                set.put(sequence.tag(), kept);
            }
        }
        if (sequence.isUndefined()) {
            throw new EOFException(Tag.text(sequence.tag()) + " without an end");
        }
        return limit;
    }

    private int item(DataSet set, Element item, int end, boolean isExplicit, int depth)
            throws IOException {
        int limit = item.isUndefined() ? end : item.end();
        int at = item.at();
        while (at < limit) {
            Element element = element(at, limit, isExplicit);
            if (element.tag() == Tag.ITEM_END && item.isUndefined()) {
                return element.at();
            }
            at = take(set, element, limit, isExplicit, depth);
        }
        if (item.isUndefined()) {
            throw new EOFException("an item without an end");
        }
        return limit;
    }
}
