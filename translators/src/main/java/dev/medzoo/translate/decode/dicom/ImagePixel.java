package dev.medzoo.translate.decode.dicom;

import java.io.IOException;
import javax.imageio.IIOException;

/**
 * The validated Image Pixel Module (PS3.3 C.7.6.3).
 *
 * @param columns in pixels, 1 to 65535
 * @param rows in pixels, 1 to 65535
 * @param photometric meaning of the samples, and their number per pixel
 * @param isPlanar whether all red samples come first, then all green and all blue
 * @param bitsAllocated to a sample, 8 or 16
 * @param bitsStored of a sample, 1 to {@code bitsAllocated}
 * @param highBit of a sample, from 0
 * @param isSigned whether samples are two's complement
 * @param frames at least 1
 */
record ImagePixel(
        int columns,
        int rows,
        Photometric photometric,
        boolean isPlanar,
        int bitsAllocated,
        int bitsStored,
        int highBit,
        boolean isSigned,
        int frames) {
    private static final int MOST_FRAMES = Integer.MAX_VALUE;

    /** Limit at which three bytes per pixel still fit an array. */
    private static final long MOST_PIXELS = (Integer.MAX_VALUE - 8) / 3;

    ImagePixel {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("%dx%d pixels".formatted(columns, rows));
        }
    }

    static ImagePixel of(DataSet set, CostLimits limits) throws IOException {
        int rows = set.number(Tag.ROWS, "rows");
        int columns = set.number(Tag.COLUMNS, "columns");
        if (rows == 0 || columns == 0) {
            throw new IIOException(
                    "%dx%d pixels (expected: at least one)".formatted(columns, rows));
        }
        limits.pixels(columns, rows);
        if ((long) rows * columns > MOST_PIXELS) {
            throw new UnreadDicomException(
                    "DICOM of %dx%d pixels (expected: at most %d)"
                            .formatted(columns, rows, MOST_PIXELS));
        }
        Photometric photometric = Photometric.of(set.text(Tag.PHOTOMETRIC_INTERPRETATION));
        int samples = set.number(Tag.SAMPLES_PER_PIXEL, "samples per pixel");
        if (samples != photometric.samples()) {
            throw new IIOException(
                    "%d samples per pixel of %s (expected: %d)"
                            .formatted(samples, photometric, photometric.samples()));
        }
        int allocated = set.number(Tag.BITS_ALLOCATED, "bits allocated");
        if (allocated != 8 && allocated != 16) {
            throw new UnreadDicomException(
                    "DICOM bits allocated: %d (expected: 8 or 16)".formatted(allocated));
        }
        int stored = set.number(Tag.BITS_STORED, allocated);
        int high = set.number(Tag.HIGH_BIT, stored - 1);
        if (stored < 1 || high < stored - 1 || high >= allocated) {
            throw new IIOException(
                    "bits stored: %d, high bit: %d (expected: inside %d bits)"
                            .formatted(stored, high, allocated));
        }
        return new ImagePixel(
                columns,
                rows,
                photometric,
                samples > 1 && set.number(Tag.PLANAR_CONFIGURATION, 0) == 1,
                allocated,
                stored,
                high,
                set.number(Tag.PIXEL_REPRESENTATION, 0) == 1,
                frames(set));
    }

    private static int frames(DataSet set) throws IOException {
        double frames = set.decimal(Tag.NUMBER_OF_FRAMES).orElse(1);
        if (!(frames >= 1 && frames <= MOST_FRAMES) || frames != Math.rint(frames)) {
            throw new IIOException(
                    "number of frames: %s (expected: a whole number, at least 1)"
                            .formatted(frames));
        }
        return (int) frames;
    }

    /** Pixels of one frame. */
    int pixels() {
        return columns * rows;
    }

    /** Samples of one frame. */
    int samples() {
        return pixels() * photometric.samples();
    }

    /** The pixel value of a stored word, whose bits above those stored are zero. */
    int value(int stored) {
        int unused = Integer.SIZE - bitsStored;
        return isSigned ? stored << unused >> unused : stored;
    }

    /** Mask of the stored bits. */
    int mask() {
        return (1 << bitsStored) - 1;
    }
}
