package dev.medzoo.translate.decode;

import java.io.IOException;
import javax.imageio.IIOException;
import org.jspecify.annotations.Nullable;

/** Reads the coefficients of one scan, sequential or progressive (ITU-T T.81, annexes F and G). */
final class JpegScanReader {
    /** Most bits read at once. */
    private static final int MOST_BITS = 16;

    private final JpegBits bits;
    private final boolean isProgressive;
    private final int first;
    private final int last;
    private final boolean isRefining;
    private final int low;
    private int run;

    /**
     * @param first and {@code last}: of the coefficients
     * @param high lowest bit known before this scan, 0 if it is their first
     * @param low lowest bit known after it
     */
    JpegScanReader(JpegBits bits, boolean isProgressive, int first, int last, int high, int low) {
        this.bits = bits;
        this.isProgressive = isProgressive;
        this.first = first;
        this.last = last;
        this.isRefining = high > 0;
        this.low = low;
    }

    void restart(int number) throws IOException {
        bits.restart(number);
        run = 0;
    }

    /** Reads this scan's data of one block. */
    void block(JpegComponent component, int block, @Nullable JpegCode dc, @Nullable JpegCode ac)
            throws IOException {
        int at = component.size * block;
        if (!isProgressive) {
            first(component, at, code(dc));
            coefficients(component, block, code(ac), 1);
        } else if (first == 0 && isRefining) {
            component.coefficients[at] |= (short) (bits.read(1) << low);
        } else if (first == 0) {
            first(component, at, code(dc));
        } else if (isRefining) {
            refine(component, block, code(ac));
        } else {
            coefficients(component, block, code(ac), first);
        }
    }

    private static JpegCode code(@Nullable JpegCode code) throws IOException {
        if (code == null) {
            throw new IIOException("Huffman table was not defined");
        }
        return code;
    }

    private void first(JpegComponent component, int at, JpegCode dc) throws IOException {
        int size = dc.read(bits);
        if (size > 15) {
            throw new DamagedException("Corrupt JPEG data: bad Huffman code");
        }
        component.predicted += bits.signed(size);
        component.coefficients[at] = (short) (component.predicted << low);
    }

    private void coefficients(JpegComponent component, int block, JpegCode ac, int from)
            throws IOException {
        if (run > 0) {
            run--;
            return;
        }
        for (int k = from; k <= last; k++) {
            int symbol = ac.read(bits);
            int zeros = symbol >> 4;
            int size = symbol & 15;
            if (size > 0) {
                k += zeros;
                int value = bits.signed(size);
                if (k > 63) {
                    throw new DamagedException("Corrupt JPEG data: coefficient beyond its block");
                }
                component.set(block, k, value << low);
            } else if (zeros == 15) {
                k += 15;
            } else {
                run = endOfBand(zeros) - 1;
                return;
            }
        }
    }

    /** Length of an end-of-band run, this block included. */
    private int endOfBand(int zeros) throws IOException {
        return isProgressive ? (1 << zeros) + bits.read(zeros) : 1;
    }

    private void refine(JpegComponent component, int block, JpegCode ac) throws IOException {
        int k = first;
        if (run == 0) {
            k = refineAndAdd(component, block, ac);
        }
        if (run > 0) {
            refine(component, block, component.filled(block, k, last));
            run--;
        }
    }

    /** Reads refinements and new coefficients; returns the position where the band ended. */
    private int refineAndAdd(JpegComponent component, int block, JpegCode ac) throws IOException {
        int k = first;
        while (k <= last) {
            int symbol = ac.read(bits);
            int zeros = symbol >> 4;
            int added = 0;
            if ((symbol & 15) > 0) {
                added = bits.readFlag() ? 1 << low : -1 << low;
            } else if (zeros < 15) {
                run = endOfBand(zeros);
                return k;
            }
            long empty = ~component.filled[block] & JpegComponent.places(k, last);
            for (int i = 0; i < zeros; i++) {
                empty &= empty - 1;
            }
            int next = empty == 0 ? last + 1 : Long.numberOfTrailingZeros(empty);
            refine(component, block, component.filled(block, k, next - 1));
            if (added != 0 && next <= 63) {
                component.set(block, next, added);
            }
            k = next + 1;
        }
        return k;
    }

    /** Reads a refinement bit for each of the positions. */
    private void refine(JpegComponent component, int block, long places) throws IOException {
        short[] out = component.coefficients;
        long left = places;
        for (int count = Long.bitCount(places); count > 0; count -= MOST_BITS) {
            int read = Math.min(MOST_BITS, count);
            int flags = bits.read(read);
            for (int i = read - 1; i >= 0; i--, left &= left - 1) {
                int at = 64 * block + Long.numberOfTrailingZeros(left);
                int value = out[at];
                // Branch-free: moves the value away from 0 if the flag is set and the bit is not.
                int step = ((flags >> i) & ~(value >> low) & 1) << low;
                int sign = value >> 31;
                out[at] = (short) (value + (step ^ sign) - sign);
            }
        }
    }
}
