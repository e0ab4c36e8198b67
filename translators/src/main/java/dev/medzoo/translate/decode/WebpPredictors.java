package dev.medzoo.translate.decode;

/**
 * The predictor transform (RFC 9649, section 4.1): each pixel is coded as the difference to its
 * prediction, by one of fourteen predictors that vary by block.
 */
final class WebpPredictors implements WebpTransform {
    private static final int BLACK = 0xff000000;

    private final int width;
    private final int blockBits;
    private final int across;
    private final int[] blocks;

    WebpPredictors(int width, int blockBits, int across, int[] blocks) {
        this.width = width;
        this.blockBits = blockBits;
        this.across = across;
        this.blocks = blocks;
    }

    @Override
    public int codedWidth() {
        return width;
    }

    @Override
    public int[] inverse(int[] pixels, int height) {
        pixels[0] = add(pixels[0], BLACK);
        for (int x = 1; x < width; x++) {
            pixels[x] = add(pixels[x], pixels[x - 1]);
        }
        for (int y = 1; y < height; y++) {
            int at = y * width;
            pixels[at] = add(pixels[at], pixels[at - width]);
            int row = (y >> blockBits) * across;
            for (int x = 1; x < width; x++) {
                int rule = blocks[row + (x >> blockBits)] >> 8 & 0xf;
                int i = at + x;
                pixels[i] = add(pixels[i], predicted(rule, pixels, i));
            }
        }
        return pixels;
    }

    private int predicted(int rule, int[] pixels, int i) {
        int left = pixels[i - 1];
        int top = pixels[i - width];
        int topLeft = pixels[i - width - 1];
        // For the last pixel of a row it is the first pixel of the same row, as in libwebp.
        int topRight = pixels[i - width + 1];
        return switch (rule) {
            case 1 -> left;
            case 2 -> top;
            case 3 -> topRight;
            case 4 -> topLeft;
            case 5 -> average(average(left, topRight), top);
            case 6 -> average(left, topLeft);
            case 7 -> average(left, top);
            case 8 -> average(topLeft, top);
            case 9 -> average(top, topRight);
            case 10 -> average(average(left, topLeft), average(top, topRight));
            case 11 -> select(left, top, topLeft);
            case 12 -> full(left, top, topLeft);
            case 13 -> half(average(left, top), topLeft);
            default -> BLACK;
        };
    }

    /** Adds channel by channel, without carry. */
    static int add(int a, int b) {
        int alphaGreen = (a & 0xff00ff00) + (b & 0xff00ff00);
        int redBlue = (a & 0xff00ff) + (b & 0xff00ff);
        return (alphaGreen & 0xff00ff00) | (redBlue & 0xff00ff);
    }

    private static int average(int a, int b) {
        return (((a ^ b) & 0xfefefefe) >>> 1) + (a & b);
    }

    private static int select(int left, int top, int topLeft) {
        int toLeft = 0;
        int toTop = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int corner = topLeft >> shift & 0xff;
            // How far the sum of both, less the corner, is from each.
            toLeft += Math.abs((top >> shift & 0xff) - corner);
            toTop += Math.abs((left >> shift & 0xff) - corner);
        }
        return toLeft < toTop ? left : top;
    }

    private static int full(int left, int top, int topLeft) {
        int sum = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int value = (left >> shift & 0xff) + (top >> shift & 0xff) - (topLeft >> shift & 0xff);
            sum |= clip(value) << shift;
        }
        return sum;
    }

    private static int half(int middle, int topLeft) {
        int sum = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int value = middle >> shift & 0xff;
            sum |= clip(value + (value - (topLeft >> shift & 0xff)) / 2) << shift;
        }
        return sum;
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
