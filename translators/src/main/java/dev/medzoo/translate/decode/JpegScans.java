package dev.medzoo.translate.decode;

import static dev.medzoo.translate.decode.JpegSegments.nextFf;

import java.io.IOException;

/**
 * The scans of a JPEG (ITU-T T.81, annex B.2.3): how many there are, and where the last one ends.
 * Each scan visits every pixel, so a small file of many scans would take hours.
 *
 * @param count as libjpeg will meet them
 * @param end the place after the end marker, or the end of the bytes where there is none
 * @param isWhole whether there is one
 * @param isBare whether nothing but scans, with their restart markers, stands before it
 */
record JpegScans(int count, int end, boolean isWhole, boolean isBare) {
    private static final int FIRST_RESTART = 0xd0;
    private static final int LAST_RESTART = 0xd7;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;

    /** Beyond the pixels of one scan, what each pixel of each of several costs. */
    private static final double WORK_OF_PIXEL = 0.25;

    /** Beyond the same, what each pixel costs at least that may be refined, though it never is. */
    private static final double WORK_OF_PROGRESSIVE = 1.9;

    /** What each of several costs at least. */
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
                // What is shorter than it says is for the reader to refuse.
                at = at + 3 < limit ? at + 2 + Bytes.big16(bytes, at + 2) : limit;
            }
        }
        return new JpegScans(count, limit, false, others == 0);
    }

    /** The place of the marker that ends a scan's data, or {@code limit}. */
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

    /** Announces what decoding costs once it is recoded; what recoding costs tells each scan. */
    void chargeRecoded(Budget budget, long width, long height) throws TooCostlyException {
        budget.work(
                "JPEG of %dx%d pixels in %d scans".formatted(width, height, count),
                (double) width * height + LEAST_WORK * count);
    }

    /** Announces what decoding by libjpeg costs. */
    void charge(Budget budget, long width, long height, boolean isProgressive)
            throws TooCostlyException {
        double pixels = (double) width * height;
        double scans = count > 1 ? count * Math.max(LEAST_WORK, WORK_OF_PIXEL * pixels) : 0;
        scans = Math.max(scans, isProgressive ? WORK_OF_PROGRESSIVE * pixels : 0);
        budget.work(
                "JPEG of %dx%d pixels in %d scans".formatted(width, height, count), pixels + scans);
    }
}
