package dev.medzoo.translate.decode;

/**
 * Reads the blocks of a sequential JPEG scan in order (ITU-T T.81, annex F.2), up to the last
 * coefficient wanted. Further coefficients are skipped, several at a time.
 */
final class JpegBlocks {
    private static final String EARLY_END = "Corrupt JPEG data: premature end of data segment";

    /** A code of sixteen bits plus a value of fifteen; at least as many as a leap looks at. */
    private static final int MOST_BITS = 31;

    private static final int LEAP_SHIFT = Long.SIZE - JpegCodes.LEAP_BITS;
    private static final int STEP_SHIFT = Long.SIZE - JpegCodes.STEP_BITS;
    private static final int CODE_SHIFT = Long.SIZE - 16;

    /** Row and column of a coefficient, as 8 times the row and the column. */
    static final int[] ZIGZAG = zigzag();

    private final JpegSegments segments;
    private int part;
    private int end;

    /** The next bits, most significant first. */
    private long held;

    private int heldBits;
    private int at;

    JpegBlocks(JpegSegments segments) {
        this.segments = segments;
        end = segments.to(0);
    }

    /** Continues after the next restart marker. */
    void restart() throws DamagedException {
        part++;
        if (!segments.has(part)) {
            throw new DamagedException(EARLY_END);
        }
        at = segments.from(part);
        end = segments.to(part);
        held = 0;
        heldBits = 0;
    }

    /** Reads how much the first coefficient differs from that of the block before. */
    int difference(JpegCodes dc) throws DamagedException {
        fill();
        int step = dc.steps[(int) (held >>> STEP_SHIFT)];
        if (step != 0) {
            held <<= step;
            heldBits -= step & 0xff;
            return step >> 16;
        }
        int code = dc.code.entry((int) (held >>> CODE_SHIFT));
        if (code == 0) {
            throw new DamagedException(JpegCode.BAD);
        }
        int value = value(held, code);
        int bits = (code >> 8) + (code & 15);
        held <<= bits;
        heldBits -= bits;
        return value;
    }

    private void fill() {
        held |= JpegSegments.long64(segments.data, at) >>> heldBits;
        at += (Long.SIZE - 1 - heldBits) >> 3;
        heldBits |= Long.SIZE - Byte.SIZE;
    }

    /** The number after a code. */
    private static int value(long held, int code) {
        int size = code & 15;
        long bits = held << (code >> 8);
        return size == 0 ? 0 : JpegCodes.signed((int) (bits >>> (Long.SIZE - size)), size);
    }

    /**
     * Reads the coefficients of a block but the first.
     *
     * @param wanted how many of them, in the order of the zigzag
     * @param factors by which each is multiplied, in the same order
     * @param out at {@link #ZIGZAG}; what is not written is 0
     * @return the place of the last one that was written, 0 where there was none
     */
    int coefficients(JpegCodes ac, int wanted, float[] factors, float[] out)
            throws DamagedException {
        // In variables, so that they stay in registers.
        byte[] data = segments.data;
        int[] steps = ac.steps;
        long held = this.held;
        int heldBits = this.heldBits;
        int at = this.at;
        int k = 0;
        int last = 0;
        while (k < wanted) {
            if (heldBits < MOST_BITS) {
                held |= JpegSegments.long64(data, at) >>> heldBits;
                at += (Long.SIZE - 1 - heldBits) >> 3;
                heldBits |= Long.SIZE - Byte.SIZE;
            }
            int step = steps[(int) (held >>> STEP_SHIFT)];
            int value = step >> 16;
            int places = step >> 8 & 0xff;
            if (step == 0) {
                int code = ac.code.entry((int) (held >>> CODE_SHIFT));
                if (code == 0) {
                    throw new DamagedException(JpegCode.BAD);
                }
                value = value(held, code);
                places = JpegCodes.places(code);
                step = (code >> 8) + (code & 15);
            }
            held <<= step;
            heldBits -= step & 0xff;
            if (places == 0) {
                k = 64;
                break;
            }
            // A position beyond the block's end counts as its end, as in libjpeg.
            k += places;
            if (k <= wanted && value != 0) {
                out[ZIGZAG[k]] = value * factors[k];
                last = k;
            }
        }
        this.held = held;
        this.heldBits = heldBits;
        this.at = at;
        if (k < 63) {
            pass(ac, k);
        }
        checkEnd();
        return last;
    }

    /** Checks, at the end of a block, that the data did not end early. */
    private void checkEnd() throws DamagedException {
        if ((at - end) << 3 > heldBits) {
            throw new DamagedException(EARLY_END);
        }
    }

    /**
     * Reads all coefficients of a block but the first, as libjpeg does.
     *
     * @param factors by which each is multiplied, in the order of the zigzag
     * @param out at {@link JpegTransform#PLACES} beyond {@code block}; what is not written is 0
     * @return the bits of all that were written joined, each with its sign behind its magnitude: 0
     *     where all are 0
     */
    int coefficients(JpegCodes ac, int[] factors, int[] out, int block) throws DamagedException {
        byte[] data = segments.data;
        int[] steps = ac.steps;
        int[] places = JpegTransform.PLACES;
        long held = this.held;
        int heldBits = this.heldBits;
        int at = this.at;
        int joined = 0;
        int k = 0;
        while (k < 63) {
            if (heldBits < MOST_BITS) {
                held |= JpegSegments.long64(data, at) >>> heldBits;
                at += (Long.SIZE - 1 - heldBits) >> 3;
                heldBits |= Long.SIZE - Byte.SIZE;
            }
            int step = steps[(int) (held >>> STEP_SHIFT)];
            int value = step >> 16;
            int further = step >> 8 & 0xff;
            if (step == 0) {
                int code = ac.code.entry((int) (held >>> CODE_SHIFT));
                if (code == 0) {
                    throw new DamagedException(JpegCode.BAD);
                }
                value = value(held, code);
                further = JpegCodes.places(code);
                step = (code >> 8) + (code & 15);
            }
            held <<= step;
            heldBits -= step & 0xff;
            if (further == 0) {
                break;
            }
            k += further;
            if (value != 0) {
                // A position beyond the block's end counts as the last.
                int place = Math.min(63, k);
                int factored = value * factors[place];
                out[places[place] + block] = factored;
                joined |= factored << 1 ^ factored >> 31;
            }
        }
        this.held = held;
        this.heldBits = heldBits;
        this.at = at;
        checkEnd();
        return joined;
    }

    /** Skips the rest of a block, of which {@code k} is the last position so far. */
    private void pass(JpegCodes ac, int from) throws DamagedException {
        byte[] data = segments.data;
        int[] leaps = ac.leaps();
        long held = this.held;
        int heldBits = this.heldBits;
        int at = this.at;
        int k = from;
        while (k < 63) {
            if (heldBits < MOST_BITS) {
                held |= JpegSegments.long64(data, at) >>> heldBits;
                at += (Long.SIZE - 1 - heldBits) >> 3;
                heldBits |= Long.SIZE - Byte.SIZE;
            }
            int leap = leaps[(int) (held >>> LEAP_SHIFT)];
            int next = k + (leap >> 8 & 0xff);
            if (leap == 0 || next > 63) {
                // A long code, or more codes than the block has left: decodes a single code.
                int code = ac.code.entry((int) (held >>> CODE_SHIFT));
                if (code == 0) {
                    throw new DamagedException(JpegCode.BAD);
                }
                leap = (code >> 8) + (code & 15);
                next = JpegCodes.places(code) == 0 ? 64 : k + JpegCodes.places(code);
            } else if (leap < 0) {
                next = 64;
            }
            held <<= leap;
            heldBits -= leap & 0xff;
            k = next;
        }
        this.held = held;
        this.heldBits = heldBits;
        this.at = at;
    }

    private static int[] zigzag() {
        int[] order = new int[64];
        int k = 0;
        for (int sum = 0; sum < 15; sum++) {
            for (int i = Math.max(0, sum - 7); i <= Math.min(7, sum); i++) {
                // Even diagonals run upwards.
                int row = sum % 2 == 0 ? sum - i : i;
                order[k++] = 8 * row + sum - row;
            }
        }
        return order;
    }
}
