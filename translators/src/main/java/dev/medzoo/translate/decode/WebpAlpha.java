package dev.medzoo.translate.decode;

import java.io.EOFException;
import java.io.IOException;
import javax.imageio.IIOException;

/** Decodes the alpha of a lossy WebP (RFC 9649, section 2.7.1.2): raw or lossless, and filtered. */
final class WebpAlpha {
    private final int width;
    private final byte[] alpha;

    private WebpAlpha(int width, byte[] alpha) {
        this.width = width;
        this.alpha = alpha;
    }

    /**
     * Decodes the body of an ALPH chunk.
     *
     * @return a byte a pixel, 0 transparent
     */
    static byte[] decode(byte[] bytes, int from, int length, int width, int height, Budget budget)
            throws IOException {
        int head = Bytes.at(bytes, from);
        byte[] alpha = new byte[width * height];
        switch (head & 3) {
            case 0 -> {
                if (length - 1 < alpha.length) {
                    throw new EOFException(
                            "alpha: %d bytes of %d".formatted(length - 1, alpha.length));
                }
                System.arraycopy(bytes, from + 1, alpha, 0, alpha.length);
            }
            case 1 -> {
                int[] argb =
                        WebpLossless.decodeStream(
                                bytes, from + 1, length - 1, width, height, budget);
                for (int i = 0; i < alpha.length; i++) {
                    alpha[i] = (byte) (argb[i] >> 8);
                }
            }
            default -> throw new IIOException("alpha: compression %d".formatted(head & 3));
        }
        new WebpAlpha(width, alpha).unfilter(head >> 2 & 3);
        return alpha;
    }

    /** Adds the prediction: none, the left pixel, the one above, or their gradient. */
    private void unfilter(int filter) {
        if (filter == 0) {
            return;
        }
        for (int i = 1; i < alpha.length; i++) {
            int x = i % width;
            int predicted;
            if (i < width) {
                predicted = alpha[i - 1];
            } else if (x == 0) {
                predicted = alpha[i - width];
            } else if (filter == 3) {
                int gradient =
                        (alpha[i - 1] & 0xff)
                                + (alpha[i - width] & 0xff)
                                - (alpha[i - width - 1] & 0xff);
                predicted = Math.max(0, Math.min(255, gradient));
            } else {
                predicted = alpha[filter == 1 ? i - 1 : i - width];
            }
            alpha[i] += (byte) predicted;
        }
    }
}
