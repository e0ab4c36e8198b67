package dev.medzoo.translate.decode;

import static dev.medzoo.translate.decode.JpegSegments.nextFf;

import java.io.IOException;

/**
 * The scans of a JPEG (ITU-T T.81, annex B.2.3): how many there are, and where the last one ends.
 * Each scan visits every pixel, so a small file of many scans would take hours.
 *
 * @param count as libjpeg will read them
 * @param end the offset after the end marker, or the end of the bytes without one
 * @param hasEnd whether there is an end marker
 * @param isBare whether only scans and their restart markers precede it
 */
record JpegScans(int count, int end, boolean hasEnd, boolean isBare) {
    private static final int FIRST_RESTART = 0xd0;
    private static final int LAST_RESTART = 0xd7;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;

    /** Cost per pixel of each scan of several, beside the first decoding. */
    private static final double WORK_OF_PIXEL = 0.25;

    /** Least extra cost of a pixel in a progressive file, even if no scan refines it. */
    private static final double WORK_OF_PROGRESSIVE = 1.9;

    /** Least cost of each scan of several. */
    private static final double LEAST_WORK = 2000;

    /** From a start of scan at {@code first} to the end marker, or to {@code limit}. */
    static JpegScans from(byte[] bytes, int first, int limit) throws IOException {
        int count = 0;
        int others = 0;
        int at = first;
        while (at < limit - 1) {
            at = nextFf(bytes, at, limit - 1);
            if (at >= limit - 1) {
                break;
            }
            int marker = bytes[at + 1] & 0xff;
            if (marker == END_OF_IMAGE) {
                return new JpegScans(count, at + 2, true, others == 0);
            }
            if (marker == 0xff) {
                at++;
            } else if (marker <= 1 || (marker >= FIRST_RESTART && marker <= LAST_RESTART)) {
                at += 2;
            } else {
                count += marker == START_OF_SCAN ? 1 : 0;
                others += marker == START_OF_SCAN ? 0 : 1;
                // A segment shorter than its length field is left for the reader to refuse.
                at = at + 3 < limit ? at + 2 + Bytes.big16(bytes, at + 2) : limit;
            }
        }
        return new JpegScans(count, limit, false, others == 0);
    }

    /** Offset of the marker that ends a scan's data, or {@code limit}. */
    static int dataEnd(byte[] bytes, int from, int limit) {
        int last = limit - 1;
        for (int at = nextFf(bytes, from, last); at < last; at = nextFf(bytes, at + 1, last)) {
            int marker = bytes[at + 1] & 0xff;
            boolean isRestart = marker >= FIRST_RESTART && marker <= LAST_RESTART;
            if (marker > 1 && marker != 0xff && !isRestart) {
                return at;
            }
        }
        return limit;
    }

    /** Announces the cost of decoding after recoding; each scan announces the cost of recoding. */
    void chargeRecoded(Budget budget, long width, long height) throws TooCostlyException {
        budget.work(
                "JPEG of %dx%d pixels in %d scans".formatted(width, height, count),
                (double) width * height + LEAST_WORK * count);
    }

    /** Announces the cost of decoding with libjpeg. */
    void charge(Budget budget, long width, long height, boolean isProgressive)
            throws TooCostlyException {
        double pixels = (double) width * height;
        double scans = count > 1 ? count * Math.max(LEAST_WORK, WORK_OF_PIXEL * pixels) : 0;
        scans = Math.max(scans, isProgressive ? WORK_OF_PROGRESSIVE * pixels : 0);
        budget.work(
                "JPEG of %dx%d pixels in %d scans".formatted(width, height, count), pixels + scans);
    }
}
