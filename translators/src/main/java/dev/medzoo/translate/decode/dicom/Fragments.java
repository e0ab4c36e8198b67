package dev.medzoo.translate.decode.dicom;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOException;

/** The fragments of encapsulated pixel data, and their assignment to frames (PS3.5 annex A.4). */
final class Fragments {
    private static final int FRAGMENTS_BETWEEN_CHECKS = 4096;

    /** Cost of a fragment, in pixels of a plain JPEG. */
    private static final double WORK_OF_FRAGMENT = 2;

    /** Memory of a fragment's entry: a file of empty fragments would take five times its size. */
    private static final double BYTES_OF_FRAGMENT = 40;

    private final byte[] bytes;
    private final List<Element> fragments = new ArrayList<>();
    private final Element offsets;

    /** Parses the fragments up to their delimiter. */
    Fragments(byte[] bytes, Element pixelData, CostLimits limits) throws IOException {
        this.bytes = bytes;
        offsets = item(pixelData.at());
        int at = offsets.end();
        while (true) {
            Element item = item(at);
            if (item.tag() == Tag.SEQUENCE_END) {
                return;
            }
            fragments.add(item);
            at = item.end();
            if (fragments.size() % FRAGMENTS_BETWEEN_CHECKS == 0) {
                check(limits);
            }
        }
    }

    private void check(CostLimits limits) throws IOException {
        String what = "DICOM of %d fragments".formatted(fragments.size());
        limits.work(what, WORK_OF_FRAGMENT * FRAGMENTS_BETWEEN_CHECKS);
        limits.memory(what, BYTES_OF_FRAGMENT * fragments.size());
        limits.checkWanted();
    }

    private Element item(int at) throws IOException {
        Element item = Element.at(bytes, at, bytes.length, false);
        if (item.isUndefined() || (item.tag() != Tag.ITEM && item.tag() != Tag.SEQUENCE_END)) {
            throw new IIOException(
                    Tag.text(item.tag()) + " (expected: a fragment of the pixel data)");
        }
        return item;
    }

    /**
     * The bytes of one frame.
     *
     * @param frame from 1
     * @param frames in the file
     */
    byte[] frame(int frame, int frames) throws IOException {
        int from = frames == 1 ? 0 : first(frame, frames);
        int to = frame == frames ? fragments.size() : first(frame + 1, frames);
        if (from >= to) {
            throw new EOFException("frame %d of %d without a fragment".formatted(frame, frames));
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Element fragment : fragments.subList(from, to)) {
            all.write(bytes, fragment.at(), (int) fragment.length());
        }
        return all.toByteArray();
    }

    /** The index of the fragment with which a frame begins. */
    private int first(int frame, int frames) throws IOException {
        if (offsets.length() == 0) {
            if (fragments.size() != frames) {
                throw new UnreadDicomException(
                        "DICOM of %d frames in %d fragments without offsets (expected: one each)"
                                .formatted(frames, fragments.size()));
            }
            return frame - 1;
        }
        if (offsets.length() != 4L * frames) {
            throw new IIOException(
                    "basic offset table of %d bytes (expected: 4 for each of %d frames)"
                            .formatted(offsets.length(), frames));
        }
        long place = LittleEndian.int32(bytes, offsets.at() + 4 * (frame - 1));
        // Offsets count from the header of the first fragment; all headers have the same length.
        for (int i = 0; i < fragments.size(); i++) {
            if (fragments.get(i).at() - offsets.end() - 8 == place) {
                return i;
            }
        }
        throw new IIOException("offset of frame %d, where no fragment is".formatted(frame));
    }
}
