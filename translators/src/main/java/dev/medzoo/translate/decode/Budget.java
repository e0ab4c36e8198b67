package dev.medzoo.translate.decode;

import java.util.function.BooleanSupplier;

/**
 * What one picture may cost, and whether somebody still waits for it. Every decoder, and every one
 * inside another, announces from the headers what it is about to do; what exceeds the budget is
 * refused before it is done.
 *
 * <p>Work is counted in pixels of a plain JPEG, which costs 1 each: some 17 ns on a core of 2024,
 * in a process that has just started. A picture may cost as much as two plain JPEGs of the most
 * pixels; one in a large file, as a progressive JPEG of the most pixels, which is 3.5 times a plain
 * one. Memory is counted in bytes, of which a plain JPEG takes 6 a pixel, and twice as many may be
 * taken.
 */
final class Budget {
    /** From here on a file is large: what it costs, its sender has paid for in part. */
    static final int LARGE_FILE_BYTES = 1 << 20;

    /** A progressive JPEG in libjpeg's ten scans, without coarser colours. */
    private static final double LARGE_FILE_SHARE = 3.5;

    private static final int SMALL_FILE_SHARE = 2;

    /** Of a pixel that is turned or mirrored. */
    private static final double WORK_OF_TURNING = 0.5;

    private static final int BYTES_A_PIXEL = 12;

    /** To bring a longer side to the network's size costs more than its pixels do. */
    private static final long LONGEST_SIDE = 1_000_000;

    /** So that a decoder of few pixels takes files with tables. */
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
     * @param isWanted whether somebody still waits
     */
    Budget(long maxPixels, int fileBytes, BooleanSupplier isWanted) {
        this.maxPixels = maxPixels;
        this.isWanted = isWanted;
        double share = fileBytes < LARGE_FILE_BYTES ? SMALL_FILE_SHARE : LARGE_FILE_SHARE;
        long pixels = Math.max(LEAST_PIXELS, maxPixels);
        maxWork = (long) Math.min(Long.MAX_VALUE, share * pixels);
        maxBytes = Math.min(Long.MAX_VALUE / BYTES_A_PIXEL, pixels) * BYTES_A_PIXEL;
    }

    /** Refuses a size of too many pixels, or with a side that no camera has. */
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

    /** The picture is going to be turned or mirrored after it is decoded. */
    void turning() throws TooCostlyException {
        work(pixels + " pixels to be turned", WORK_OF_TURNING * pixels);
    }

    /**
     * Work that is about to be done.
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

    /** Bytes of memory that are about to be taken beside the picture's own. */
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

    /** Ends a decoding that nobody waits for any more. */
    void checkWanted() throws DecodingCancelledException {
        if (!isWanted()) {
            throw new DecodingCancelledException();
        }
    }
}
