package dev.medzoo.translate.decode;

import java.util.Arrays;

/** One of the two colours of a fax. */
record FaxInk(byte red, byte green, byte blue) {
    static final FaxInk WHITE = new FaxInk((byte) 255, (byte) 255, (byte) 255);
    static final FaxInk BLACK = new FaxInk((byte) 0, (byte) 0, (byte) 0);

    /** Shorter runs are written byte by byte. */
    private static final int LONG_RUN = 48;

    /** Three bytes a pixel. */
    void paint(byte[] rgb, int from, int end) {
        if (end - from >= LONG_RUN && red == green && green == blue) {
            Arrays.fill(rgb, from, end, red);
            return;
        }
        for (int i = from; i < end; i += 3) {
            rgb[i] = red;
            rgb[i + 1] = green;
            rgb[i + 2] = blue;
        }
    }
}
