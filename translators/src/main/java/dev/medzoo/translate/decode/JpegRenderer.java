package dev.medzoo.translate.decode;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a JPEG of one sequential scan at full size, bit for bit as libjpeg 6b, which the JDK's
 * reader runs. It refuses the same bytes with the same messages.
 */
final class JpegRenderer implements JpegScan.Visitor {
    /** Magnitude and sign bits of a coefficient from which {@link JpegTransform} may overflow. */
    private static final int EXTREME = -2 * JpegTransform.MOST;

    /** Rows converted at once. */
    private static final int ROWS = 8;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final JpegFrame frame;
    private final JpegScan scan;
    private final boolean isRgb;

    /** All samples, component by component. */
    private final byte[] samples;

    private final JpegTransform transform;

    /** Per component, the offset of its samples and their row stride. */
    private final int[] from;

    private final int[] strides;
    private final int[][] factors;

    /** Bitwise OR of all coefficients, with the sign as the lowest bit. */
    private int joined;

    /**
     * @param isRgb whether three colours are red, green and blue
     */
    JpegRenderer(JpegFrame frame, JpegScan scan, boolean isRgb, Budget budget)
            throws TooCostlyException {
        this.frame = frame;
        this.scan = scan;
        this.isRgb = isRgb;
        int count = frame.colours.length;
        from = new int[count];
        strides = new int[count];
        factors = new int[count][];
        long size = 0;
        for (int i = 0; i < count; i++) {
            JpegFrame.Colour colour = frame.colours[i];
            from[i] = (int) size;
            strides[i] = 8 * frame.mcusAcross() * colour.across();
            factors[i] = frame.factors(colour);
            size += (long) strides[i] * 8 * frame.mcusDown() * colour.down();
        }
        budget.memory(
                "JPEG of %dx%d pixels".formatted(frame.width, frame.height),
                size + 3.0 * frame.width * frame.height);
        samples = new byte[Math.toIntExact(size)];
        transform = new JpegTransform(samples);
    }

    /**
     * Whether all libjpeg versions upsample a frame's components alike. For components of half
     * height alone, libjpeg 6b repeats rows and libjpeg-turbo smooths them, and a JDK may ship
     * either.
     */
    static boolean reads(JpegFrame frame) {
        return Arrays.stream(frame.colours)
                .noneMatch(
                        colour ->
                                colour.across() == frame.mostAcross
                                        && 2 * colour.down() == frame.mostDown);
    }

    /**
     * Decodes the frame.
     *
     * @param limit of the scan's data, which may end earlier at a marker
     * @return null if coefficients exceed the range of 8-bit samples, where libjpeg versions differ
     */
    @Nullable RgbPicture read(byte[] bytes, int limit, Budget budget) throws IOException {
        scan.visit(frame, bytes, limit, budget, this);
        if ((joined & EXTREME) != 0) {
            return null;
        }
        transform.finish();
        return transform.isWild() ? null : paint();
    }

    @Override
    public void block(JpegBlocks blocks, int colour, int first, int x, int y) throws IOException {
        int[] by = factors[colour];
        int others =
                blocks.coefficients(scan.ac[colour], by, transform.coefficients, transform.block());
        int level = first * by[0];
        joined |= others | (level << 1 ^ level >> 31);
        int at = from[colour] + 8 * (y * strides[colour] + x);
        if (others == 0) {
            transform.fill(level, at, strides[colour]);
        } else {
            transform.add(level, at, strides[colour]);
        }
    }

    @Override
    public void row(int y) {
        // Converts rows only when all are decoded: smooth upsampling needs their neighbours.
    }

    private RgbPicture paint() {
        byte[] rgb = new byte[3 * frame.width * frame.height];
        JpegUpsampler[] colours = new JpegUpsampler[frame.colours.length];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = upsampler(i);
        }
        int[] pixels = new int[colours[0].even.length];
        int[] others = new int[pixels.length];
        for (int y = 0; y < frame.height; y += ROWS) {
            for (JpegUpsampler colour : colours) {
                colour.rows(y);
            }
            if (colours.length == 1) {
                grey(colours[0].even, pixels);
                grey(colours[0].odd, others);
            } else if (isRgb) {
                join(colours[0].even, colours[1].even, colours[2].even, pixels);
                join(colours[0].odd, colours[1].odd, colours[2].odd, others);
            } else {
                convert(colours[0].even, colours[1].even, colours[2].even, pixels);
                convert(colours[0].odd, colours[1].odd, colours[2].odd, others);
            }
            for (int row = 0; row < Math.min(ROWS, frame.height - y); row++) {
                write(pixels, others, row, rgb, 3 * (y + row) * frame.width);
            }
        }
        return new RgbPicture(frame.width, frame.height, rgb);
    }

    private JpegUpsampler upsampler(int i) {
        JpegFrame.Colour colour = frame.colours[i];
        int across = frame.mostAcross / colour.across();
        int down = frame.mostDown / colour.down();
        return new JpegUpsampler(
                samples,
                from[i],
                strides[i],
                JpegFrame.ceilDiv(frame.width, across),
                JpegFrame.ceilDiv(frame.height, down),
                across,
                down,
                frame.width,
                ROWS);
    }

    private static void grey(int[] level, int[] out) {
        for (int x = 0; x < out.length; x++) {
            out[x] = level[x] * 0x010101;
        }
    }

    private static void join(int[] red, int[] green, int[] blue, int[] out) {
        for (int x = 0; x < out.length; x++) {
            out[x] = red[x] | green[x] << 8 | blue[x] << 16;
        }
    }

    /**
     * In libjpeg's fixed point with 16 fraction bits; one loop per colour, which the compiler
     * vectorises.
     */
    private static void convert(int[] luma, int[] blue, int[] red, int[] out) {
        for (int x = 0; x < out.length; x++) {
            out[x] = JpegTransform.clip(luma[x] + ((91881 * (red[x] - 128) + 32768) >> 16));
        }
        for (int x = 0; x < out.length; x++) {
            int green = -22554 * (blue[x] - 128) - 46802 * (red[x] - 128) + 32768;
            out[x] |= JpegTransform.clip(luma[x] + (green >> 16)) << 8;
        }
        for (int x = 0; x < out.length; x++) {
            out[x] |=
                    JpegTransform.clip(luma[x] + ((116130 * (blue[x] - 128) + 32768) >> 16)) << 16;
        }
    }

    /** Writes a row of pixels, two at once; the next write overwrites any excess byte. */
    private static void write(int[] even, int[] odd, int row, byte[] rgb, int from) {
        int half = even.length / ROWS;
        int at = from;
        for (int x = row * half; x < (row + 1) * half; x++, at += 6) {
            long both = even[x] | (long) odd[x] << 24;
            if (at + Long.BYTES <= rgb.length) {
                LONG.set(rgb, at, both);
            } else {
                for (int i = at; i < rgb.length; i++, both >>= 8) {
                    rgb[i] = (byte) both;
                }
            }
        }
    }
}
