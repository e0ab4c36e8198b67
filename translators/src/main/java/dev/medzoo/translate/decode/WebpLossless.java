package dev.medzoo.translate.decode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOException;

/**
 * Decodes a lossless WebP picture (RFC 9649, section 3): transforms, each at most once, then the
 * entropy-coded pixels.
 */
final class WebpLossless {
    private static final int HEADER_BYTES = 5;
    private static final int SIGNATURE = 0x2f;

    /** Cost per pixel of each transform, by transform number. */
    private static final double[] WORK_OF_TRANSFORM = {0.4, 0.4, 0.1, 0.2};

    private final WebpBits bits;
    private final WebpEntropy entropy;
    private final Budget budget;
    private final List<WebpTransform> transforms = new ArrayList<>();

    private WebpLossless(WebpBits bits, Budget budget) {
        this.bits = bits;
        this.budget = budget;
        entropy = new WebpEntropy(bits, budget);
    }

    /**
     * Decodes the body of a VP8L chunk.
     *
     * @return its pixels, alpha, red, green and blue from the highest byte
     */
    static int[] decode(byte[] bytes, int from, int length, int width, int height, Budget budget)
            throws IOException {
        if (Bytes.at(bytes, from) != SIGNATURE || Bytes.at(bytes, from + 4) >> 5 != 0) {
            throw new IIOException("VP8L of another signature or version");
        }
        return decodeStream(
                bytes, from + HEADER_BYTES, length - HEADER_BYTES, width, height, budget);
    }

    /** Decodes a stream whose size is known from elsewhere, such as alpha. */
    static int[] decodeStream(
            byte[] bytes, int from, int length, int width, int height, Budget budget)
            throws IOException {
        WebpBits bits = new WebpBits(bytes, from, from + length);
        return new WebpLossless(bits, budget).decode(width, height);
    }

    private int[] decode(int width, int height) throws IOException {
        int codedWidth = width;
        int seen = 0;
        while (bits.readFlag()) {
            int type = bits.read(2);
            if ((seen & 1 << type) != 0) {
                throw new IIOException("transform %d twice".formatted(type));
            }
            seen |= 1 << type;
            budget.work(
                    "lossless WebP of %dx%d pixels with transform %d"
                            .formatted(width, height, type),
                    (double) width * height * WORK_OF_TRANSFORM[type]);
            WebpTransform transform = WebpTransform.read(type, codedWidth, height, bits, entropy);
            transforms.add(transform);
            codedWidth = transform.codedWidth();
        }
        int[] pixels = entropy.pixels(codedWidth, height, true);
        for (int i = transforms.size() - 1; i >= 0; i--) {
            budget.checkWanted();
            pixels = transforms.get(i).inverse(pixels, height);
        }
        return pixels;
    }
}
