package dev.medzoo.translate.decode;

import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes a JPEG at a half, a quarter or an eighth of its size, by inverse transforms of fewer
 * coefficients. It refuses the same bytes as {@link JpegScanReader}, with the same messages.
 */
final class JpegReducer {
    private final JpegFrame frame;
    private final boolean isRgb;
    private final int scale;
    private final JpegPlane[] planes;

    /** Per component, the sample index of each pixel of a row. */
    private final int[][] columns;

    private final byte[] rgb;
    private final int width;
    private final int height;

    /**
     * @param isRgb whether the three colours are red, green and blue
     * @param scale 2, 4 or 8
     */
    JpegReducer(JpegFrame frame, boolean isRgb, int scale) {
        this.frame = frame;
        this.isRgb = isRgb;
        this.scale = scale;
        width = JpegFrame.ceilDiv(frame.width, scale);
        height = JpegFrame.ceilDiv(frame.height, scale);
        rgb = new byte[3 * width * height];
        planes = new JpegPlane[frame.colours.length];
        columns = new int[planes.length][width];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = plane(frame.colours[i]);
            int share =
                    8 / scale * frame.mostAcross / (frame.colours[i].across() * planes[i].across);
            Arrays.setAll(columns[i], x -> x / share);
        }
    }

    private JpegPlane plane(JpegFrame.Colour colour) {
        return new JpegPlane(
                samples(frame.mostAcross / colour.across()),
                samples(frame.mostDown / colour.down()),
                frame.mcusAcross() * colour.across(),
                colour.down(),
                frame.factors(colour));
    }

    /** Samples needed of a block, for a component subsampled by that factor. */
    private int samples(int coarser) {
        int needed = 8 / scale * coarser;
        return Integer.bitCount(needed) == 1 ? Math.min(8, needed) : 8 / scale;
    }

    /**
     * Decodes a sequential JPEG of one scan.
     *
     * @param limit of the scan's data, which may end earlier at a marker
     */
    RgbPicture read(JpegScan scan, byte[] bytes, int limit, Budget budget) throws IOException {
        scan.visit(frame, bytes, limit, budget, new Reading(scan));
        return picture();
    }

    /** Draws each block as it is read. */
    private final class Reading implements JpegScan.Visitor {
        private final JpegScan scan;

        Reading(JpegScan scan) {
            this.scan = scan;
        }

        @Override
        public void block(JpegBlocks blocks, int colour, int first, int x, int y)
                throws IOException {
            JpegPlane plane = planes[colour];
            int last =
                    blocks.coefficients(
                            scan.ac[colour], plane.wanted, plane.factors, plane.block());
            plane.draw(first, last, x, y % frame.colours[colour].down());
        }

        @Override
        public void row(int y) {
            paint(y);
        }
    }

    /** Last coefficient needed of each component, in zigzag order. */
    int[] wanted() {
        return Arrays.stream(planes).mapToInt(plane -> plane.wanted).toArray();
    }

    /** Decodes a JPEG whose coefficients are read. */
    RgbPicture read(JpegCoefficients all, Budget budget) throws IOException {
        for (int y = 0; y < frame.mcusDown(); y++) {
            budget.checkWanted();
            for (int i = 0; i < planes.length; i++) {
                JpegComponent component = all.components().get(i);
                for (int row = 0; row < component.down; row++) {
                    row(component, y * component.down + row, planes[i], row);
                }
            }
            paint(y);
        }
        return picture();
    }

    private static void row(JpegComponent component, int y, JpegPlane plane, int to) {
        for (int x = 0; x < component.blocksAcross; x++) {
            int block = y * component.blocksAcross + x;
            int at = component.size * block;
            int last = 0;
            long left = component.filled(block, 1, plane.wanted);
            for (; left != 0; left &= left - 1) {
                last = Long.numberOfTrailingZeros(left);
                plane.block()[JpegBlocks.ZIGZAG[last]] =
                        component.coefficients[at + last] * plane.factors[last];
            }
            plane.draw(component.coefficients[at], last, x, to);
        }
    }

    /** Converts a row of MCUs to pixels. */
    private void paint(int mcuRow) {
        int rows = 8 / scale * frame.mostDown;
        int top = mcuRow * rows;
        for (int y = top; y < Math.min(height, top + rows); y++) {
            if (planes.length == 1) {
                grey(y - top, y);
            } else {
                colours(y - top, y);
            }
        }
    }

    private void grey(int from, int y) {
        int to = 3 * y * width;
        for (int x = 0; x < width; x++, to += 3) {
            byte sample = planes[0].samples[from * planes[0].stride + x];
            rgb[to] = sample;
            rgb[to + 1] = sample;
            rgb[to + 2] = sample;
        }
    }

    private void colours(int from, int y) {
        int[] at = new int[3];
        for (int i = 0; i < 3; i++) {
            int share = 8 / scale * frame.mostDown / (frame.colours[i].down() * planes[i].down);
            at[i] = from / share * planes[i].stride;
        }
        byte[] first = planes[0].samples;
        byte[] second = planes[1].samples;
        byte[] third = planes[2].samples;
        int to = 3 * y * width;
        for (int x = 0; x < width; x++, to += 3) {
            int a = first[at[0] + columns[0][x]] & 0xff;
            int b = second[at[1] + columns[1][x]] & 0xff;
            int c = third[at[2] + columns[2][x]] & 0xff;
            if (isRgb) {
                rgb[to] = (byte) a;
                rgb[to + 1] = (byte) b;
                rgb[to + 2] = (byte) c;
            } else {
                // libjpeg's fixed point with 16 fraction bits.
                int luma = (a << 16) + (1 << 15);
                rgb[to] = clip(luma + 91881 * (c - 128));
                rgb[to + 1] = clip(luma - 22554 * (b - 128) - 46802 * (c - 128));
                rgb[to + 2] = clip(luma + 116130 * (b - 128));
            }
        }
    }

    private static byte clip(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> 16));
    }

    private RgbPicture picture() {
        return new RgbPicture(width, height, rgb);
    }
}
