package dev.medzoo.translate.decode;

import java.io.IOException;

/** A transform of a lossless WebP, applied before coding (RFC 9649, section 3.4). */
interface WebpTransform {
    /** Width of the coded picture, in pixels. */
    int codedWidth();

    /** Inverts the transform for that many rows. */
    int[] inverse(int[] pixels, int height);

    /** Reads the transform of a type, 0 to 3. */
    static WebpTransform read(int type, int width, int height, WebpBits bits, WebpEntropy entropy)
            throws IOException {
        switch (type) {
            case 0, 1 -> {
                int blockBits = 2 + bits.read(3);
                int across = WebpEntropy.parts(width, blockBits);
                int[] blocks = entropy.pixels(across, WebpEntropy.parts(height, blockBits), false);
                return type == 0
                        ? new WebpPredictors(width, blockBits, across, blocks)
                        : new Colours(width, blockBits, across, blocks);
            }
            case 2 -> {
                return new SubtractedGreen(width);
            }
            default -> {
                int[] table = entropy.pixels(1 + bits.read(8), 1, false);
                for (int i = 1; i < table.length; i++) {
                    table[i] = WebpPredictors.add(table[i], table[i - 1]);
                }
                return new Palette(width, table);
            }
        }
    }

    /** Green was subtracted from red and blue. */
    record SubtractedGreen(int codedWidth) implements WebpTransform {
        @Override
        public int[] inverse(int[] pixels, int height) {
            for (int i = 0; i < pixels.length; i++) {
                int argb = pixels[i];
                int green = argb >> 8 & 0xff;
                int redBlue = (argb & 0xff00ff) + (green << 16 | green);
                pixels[i] = (argb & 0xff00ff00) | (redBlue & 0xff00ff);
            }
            return pixels;
        }
    }

    /**
     * Multiples of green and red were subtracted from red and blue, by factors that vary by block.
     */
    final class Colours implements WebpTransform {
        private final int width;
        private final int blockBits;
        private final int across;
        private final int[] blocks;

        Colours(int width, int blockBits, int across, int[] blocks) {
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
            int at = 0;
            for (int y = 0; y < height; y++) {
                int row = (y >> blockBits) * across;
                for (int x = 0; x < width; x++) {
                    int block = blocks[row + (x >> blockBits)];
                    int argb = pixels[at];
                    int green = (byte) (argb >> 8);
                    int red = (argb >> 16) + (((byte) block * green) >> 5);
                    int blue = argb + (((byte) (block >> 8) * green) >> 5);
                    blue += ((byte) (block >> 16) * (byte) red) >> 5;
                    pixels[at++] = (argb & 0xff00ff00) | (red & 0xff) << 16 | (blue & 0xff);
                }
            }
            return pixels;
        }
    }

    /** Green holds the palette indices of one, two, four or eight pixels. */
    final class Palette implements WebpTransform {
        private final int width;
        private final int[] table;
        private final int packedBits;

        Palette(int width, int[] table) {
            this.width = width;
            this.table = table;
            packedBits = table.length > 16 ? 0 : table.length > 4 ? 1 : table.length > 2 ? 2 : 3;
        }

        @Override
        public int codedWidth() {
            return WebpEntropy.parts(width, packedBits);
        }

        @Override
        public int[] inverse(int[] packed, int height) {
            int bits = 8 >> packedBits;
            int mask = (1 << bits) - 1;
            int[] pixels = packedBits == 0 ? packed : new int[width * height];
            int coded = codedWidth();
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int green = packed[y * coded + (x >> packedBits)] >> 8 & 0xff;
                    int shift = (x & ((1 << packedBits) - 1)) * bits;
                    int index = green >> shift & mask;
                    pixels[y * width + x] = index < table.length ? table[index] : 0;
                }
            }
            return pixels;
        }
    }
}
