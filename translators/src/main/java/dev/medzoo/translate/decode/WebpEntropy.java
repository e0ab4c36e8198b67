package dev.medzoo.translate.decode;

import java.io.IOException;
import javax.imageio.IIOException;

/** The entropy-coded pixels of a lossless WebP (RFC 9649, sections 3.5 to 3.7). */
final class WebpEntropy {
    private static final int LITERALS = 256;
    private static final int LENGTHS = 24;
    private static final int DISTANCES = 40;
    private static final int CODES = 5;

    /** Cost of a pixel in an image with several code groups. */
    private static final double WORK_OF_PARTS = 0.8;

    /** libwebp's encoder makes at most 2600 groups, some 20 MB. */
    private static final int MAX_CODE_BYTES = 64 << 20;

    /** Short distance codes: rows up in the upper half, 8 minus columns left in the lower. */
    private static final int[] PLANE = {
        0x18, 0x07, 0x17, 0x19, 0x28, 0x06, 0x27, 0x29, 0x16, 0x1a, 0x26, 0x2a, 0x38, 0x05, 0x37,
        0x39, 0x15, 0x1b, 0x36, 0x3a, 0x25, 0x2b, 0x48, 0x04, 0x47, 0x49, 0x14, 0x1c, 0x35, 0x3b,
        0x46, 0x4a, 0x24, 0x2c, 0x58, 0x45, 0x4b, 0x34, 0x3c, 0x03, 0x57, 0x59, 0x13, 0x1d, 0x56,
        0x5a, 0x23, 0x2d, 0x44, 0x4c, 0x55, 0x5b, 0x33, 0x3d, 0x68, 0x02, 0x67, 0x69, 0x12, 0x1e,
        0x66, 0x6a, 0x22, 0x2e, 0x54, 0x5c, 0x43, 0x4d, 0x65, 0x6b, 0x32, 0x3e, 0x78, 0x01, 0x77,
        0x79, 0x53, 0x5d, 0x11, 0x1f, 0x64, 0x6c, 0x42, 0x4e, 0x76, 0x7a, 0x21, 0x2f, 0x75, 0x7b,
        0x31, 0x3f, 0x63, 0x6d, 0x52, 0x5e, 0x00, 0x74, 0x7c, 0x41, 0x4f, 0x10, 0x20, 0x62, 0x6e,
        0x30, 0x73, 0x7d, 0x51, 0x5f, 0x40, 0x72, 0x7e, 0x61, 0x6f, 0x50, 0x71, 0x7f, 0x60, 0x70
    };

    private final WebpBits bits;
    private final Budget budget;
    private long codeBytes;

    WebpEntropy(WebpBits bits, Budget budget) {
        this.bits = bits;
        this.budget = budget;
    }

    /**
     * Decodes an image.
     *
     * @param isMain whether it may have several code groups
     */
    int[] pixels(int width, int height, boolean isMain) throws IOException {
        int cacheBits = bits.readFlag() ? bits.read(4) : 0;
        if (cacheBits > 11) {
            throw new IIOException("colour cache: %d bits (expected: 1..11)".formatted(cacheBits));
        }
        int partBits = 0;
        int[] parts = {0};
        if (isMain && bits.readFlag()) {
            budget.work(
                    "lossless WebP of %dx%d pixels in parts".formatted(width, height),
                    WORK_OF_PARTS * width * height);
            partBits = 2 + bits.read(3);
            parts = pixels(parts(width, partBits), parts(height, partBits), false);
            for (int i = 0; i < parts.length; i++) {
                parts[i] = parts[i] >> 8 & 0xffff;
            }
        }
        Group[] groups = groups(parts, cacheBits);
        return new Image(width, height, cacheBits, partBits, parts, groups).decode();
    }

    /** Number of blocks of {@code 1 << bits} pixels along a side, the last perhaps smaller. */
    static int parts(int size, int bits) {
        return (size + (1 << bits) - 1) >> bits;
    }

    /** Reads all groups, but builds tables only for those in use. */
    private Group[] groups(int[] parts, int cacheBits) throws IOException {
        int last = 0;
        for (int part : parts) {
            last = Math.max(last, part);
        }
        boolean[] isUsed = new boolean[last + 1];
        for (int part : parts) {
            isUsed[part] = true;
        }
        int[] ofLiterals = new int[LITERALS];
        int[] ofGreen = new int[LITERALS + LENGTHS + (cacheBits > 0 ? 1 << cacheBits : 0)];
        int[][] lengths = {ofGreen, ofLiterals, ofLiterals, ofLiterals, new int[DISTANCES]};
        Group[] groups = new Group[last + 1];
        for (int group = 0; group <= last; group++) {
            WebpCode[] codes = new WebpCode[isUsed[group] ? CODES : 0];
            for (int i = 0; i < CODES; i++) {
                WebpCode.readLengths(bits, lengths[i]);
                if (isUsed[group]) {
                    codes[i] = WebpCode.of(lengths[i]);
                    codeBytes += codes[i].bytes();
                }
            }
            if (isUsed[group]) {
                groups[group] = new Group(codes);
            }
            bits.checkEnd();
            if (codeBytes > MAX_CODE_BYTES) {
                throw new TooCostlyException(
                        "WebP with %d bytes of codes (expected: at most %d)"
                                .formatted(codeBytes, MAX_CODE_BYTES));
            }
        }
        return groups;
    }

    /** A code group: codes of green with lengths and cache, of red, blue, alpha, and distances. */
    private static final class Group {
        private final WebpCode green;
        private final WebpCode red;
        private final WebpCode blue;
        private final WebpCode alpha;
        private final WebpCode distance;

        /** Whether red, blue and alpha are constant. */
        private final boolean isGreenAlone;

        /** The constant red, blue and alpha. */
        private final int others;

        /** Whether all pixels are equal. */
        private final boolean isPlain;

        Group(WebpCode[] codes) {
            green = codes[0];
            red = codes[1];
            blue = codes[2];
            alpha = codes[3];
            distance = codes[4];
            isGreenAlone = red.isSingle() && blue.isSingle() && alpha.isSingle();
            others = alpha.single() << 24 | red.single() << 16 | blue.single();
            isPlain = isGreenAlone && green.isSingle() && green.single() < LITERALS;
        }

        /** Reads the rest of a pixel after its green. */
        int pixel(int green, WebpBits bits) {
            if (isGreenAlone) {
                return others | green << 8;
            }
            int red = this.red.read(bits);
            int blue = this.blue.read(bits);
            return alpha.read(bits) << 24 | red << 16 | green << 8 | blue;
        }
    }

    /** The pixels decoded so far. */
    private final class Image {
        private final int width;
        private final int[] pixels;
        private final int[] cache;
        private final int cacheShift;
        private final int partBits;
        private final int partsAcross;
        private final int[] parts;
        private final Group[] groups;

        Image(int width, int height, int cacheBits, int partBits, int[] parts, Group[] groups) {
            this.width = width;
            pixels = new int[width * height];
            cache = new int[cacheBits > 0 ? 1 << cacheBits : 0];
            cacheShift = 32 - cacheBits;
            this.partBits = partBits;
            partsAcross = parts.length == 1 ? 0 : parts(width, partBits);
            this.parts = parts;
            this.groups = groups;
        }

        int[] decode() throws IOException {
            int partMask = groups.length == 1 ? -1 : (1 << partBits) - 1;
            Group group = groups[parts[0]];
            int at = 0;
            int x = 0;
            int y = 0;
            while (at < pixels.length) {
                if ((x & partMask) == 0) {
                    group = group(x, y);
                }
                if (group.isPlain) {
                    int end = groups.length == 1 ? width : Math.min(width, (x | partMask) + 1);
                    int pixel = group.pixel(group.green.single(), bits);
                    for (; x < end; x++) {
                        put(at++, pixel);
                    }
                    if (x == width) {
                        x = 0;
                        endRow(y++);
                    }
                    continue;
                }
                int symbol = group.green.read(bits);
                if (symbol < LITERALS) {
                    put(at++, group.pixel(symbol, bits));
                    x++;
                } else if (symbol < LITERALS + LENGTHS) {
                    int length = prefixed(symbol - LITERALS);
                    int distance = distance(prefixed(group.distance.read(bits)));
                    copy(at, length, distance);
                    at += length;
                    x += length;
                    int rows = x / width;
                    x -= rows * width;
                    if (rows > 0) {
                        endRow(y);
                        y += rows;
                    }
                    if (at < pixels.length) {
                        group = group(x, y);
                    }
                    continue;
                } else {
                    put(at++, cache[symbol - LITERALS - LENGTHS]);
                    x++;
                }
                if (x == width) {
                    x = 0;
                    endRow(y++);
                }
            }
            bits.checkEnd();
            return pixels;
        }

        private Group group(int x, int y) {
            return groups.length == 1
                    ? groups[0]
                    : groups[parts[(y >> partBits) * partsAcross + (x >> partBits)]];
        }

        private void endRow(int y) throws IOException {
            bits.checkEnd();
            if ((y & 63) == 0) {
                budget.checkWanted();
            }
        }

        private void put(int at, int argb) {
            pixels[at] = argb;
            if (cache.length > 0) {
                cache[(0x1e35a7bd * argb) >>> cacheShift] = argb;
            }
        }

        private void copy(int at, int length, int distance) throws IOException {
            if (distance > at || length > pixels.length - at) {
                throw new IIOException("a back-reference outside the picture");
            }
            for (int i = at; i < at + length; i++) {
                put(i, pixels[i - distance]);
            }
        }

        private int prefixed(int prefix) {
            if (prefix < 4) {
                return prefix + 1;
            }
            int extra = (prefix - 2) >> 1;
            return ((2 + (prefix & 1)) << extra) + bits.read(extra) + 1;
        }

        private int distance(int code) {
            if (code > PLANE.length) {
                return code - PLANE.length;
            }
            int near = PLANE[code - 1];
            return Math.max(1, (near >> 4) * width + 8 - (near & 0xf));
        }
    }
}
