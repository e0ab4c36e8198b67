package dev.medzoo.translate.decode;

import java.util.function.BooleanSupplier;

/**
 * Limits work and memory of decoding one picture, and cancels it when its caller has gone. Every
 * decoder, nested ones included, announces its cost from the headers; what exceeds the budget is
 * refused before it is done.
 *
 * <p>Work is counted in pixels of a plain JPEG, which costs 1 each: some 17 ns on a core of 2024,
 * in a process that has just started. A picture may cost as much as two plain JPEGs of the most
 * pixels; one in a large file, as a progressive JPEG of the most pixels, which is 3.5 times a plain
 * one. Memory is counted in bytes, of which a plain JPEG takes 6 a pixel, and twice as many may be
 * taken.
 */
final class Budget {
    /** Size from which a file is large: uploading it has cost its sender something too. */
    static final int LARGE_FILE_BYTES = 1 << 20;

    /** A progressive JPEG in libjpeg's ten scans, without coarser colours. */
    private static final double LARGE_FILE_SHARE = 3.5;

    private static final int SMALL_FILE_SHARE = 2;

    /** Cost of rotating or mirroring a pixel. */
    private static final double WORK_OF_TURNING = 0.5;

    private static final int BYTES_A_PIXEL = 12;

    /** Longest side in pixels: resizing a longer one costs more than its pixels do. */
    private static final long LONGEST_SIDE = 1_000_000;

    /**
     * Minimum for the limits, so that a decoder with a low pixel limit still takes files with
     * tables.
     */
    private static final long LEAST_PIXELS = 1_000_000;

    private final long maxPixels;
    private final long maxWork;
    private final long maxBytes;
    private final BooleanSupplier isWanted;
    private long pixels;
    private long work;

    /**
     * @param maxPixels of the picture
     * @param fileBytes of its file
     * @param isWanted whether the caller still waits
     */
    Budget(long maxPixels, int fileBytes, BooleanSupplier isWanted) {
        this.maxPixels = maxPixels;
        this.isWanted = isWanted;
        double share = fileBytes < LARGE_FILE_BYTES ? SMALL_FILE_SHARE : LARGE_FILE_SHARE;
        long pixels = Math.max(LEAST_PIXELS, maxPixels);
        maxWork = (long) Math.min(Long.MAX_VALUE, share * pixels);
        maxBytes = Math.min(Long.MAX_VALUE / BYTES_A_PIXEL, pixels) * BYTES_A_PIXEL;
    }

    /** Refuses a picture with too many pixels or too long a side. */
    void pixels(long width, long height) throws TooCostlyException {
        if (Math.max(width, height) > LONGEST_SIDE && Math.min(width, height) > 0) {
            throw new TooCostlyException(
                    "%dx%d pixels (expected: at most %d a side)"
                            .formatted(width, height, LONGEST_SIDE));
        }
        if (width > 0 && height > 0 && height > maxPixels / width) {
            throw new TooCostlyException(
                    "%dx%d pixels (expected: at most %d)".formatted(width, height, maxPixels));
        }
        pixels = Math.max(pixels, width * height);
    }

    /** Announces that the picture will be rotated or mirrored after decoding. */
    void turning() throws TooCostlyException {
        work(pixels + " pixels to be turned", WORK_OF_TURNING * pixels);
    }

    /**
     * Announces work.
     *
     * @param what it is, for the message
     * @param pixels of a plain JPEG that cost as much
     */
    void work(String what, double pixels) throws TooCostlyException {
        work = (long) Math.min(Long.MAX_VALUE, work + Math.ceil(pixels));
        if (work > maxWork) {
            throw new TooCostlyException(
                    "%s, as much work as a plain JPEG of %d pixels (expected: at most %d)"
                            .formatted(what, work, maxWork));
        }
    }

    /** Announces memory in bytes beside the picture's own. */
    void memory(String what, double bytes) throws TooCostlyException {
        if (bytes > maxBytes) {
            throw new TooCostlyException(
                    "%s, %.0f bytes of memory (expected: at most %d)"
                            .formatted(what, bytes, maxBytes));
        }
    }

    /** The work so far announced, in pixels of a plain JPEG. */
    long spent() {
        return work;
    }

    boolean isWanted() {
        return isWanted.getAsBoolean();
    }

    /** Cancels the decoding if the caller no longer waits. */
    void checkWanted() throws DecodingCancelledException {
        if (!isWanted()) {
            throw new DecodingCancelledException();
        }
    }
}
