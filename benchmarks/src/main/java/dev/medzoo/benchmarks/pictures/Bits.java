package dev.medzoo.benchmarks.pictures;

import java.io.ByteArrayOutputStream;

/** Bits under construction. */
final class Bits {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final boolean isLowFirst;
    private int held;
    private int heldBits;

    private Bits(boolean isLowFirst) {
        this.isLowFirst = isLowFirst;
    }

    /** The least significant of a byte and of a number first, as in GIF and WebP. */
    static Bits lowFirst() {
        return new Bits(true);
    }

    /** The most significant first, as in TIFF. */
    static Bits highFirst() {
        return new Bits(false);
    }

    Bits put(int value, int bits) {
        for (int i = 0; i < bits; i++) {
            int bit = value >> (isLowFirst ? i : bits - 1 - i) & 1;
            held |= bit << (isLowFirst ? heldBits : 7 - heldBits);
            if (++heldBits == 8) {
                out.write(held);
                held = 0;
                heldBits = 0;
            }
        }
        return this;
    }

    byte[] toBytes() {
        if (heldBits > 0) {
            out.write(held);
            held = 0;
            heldBits = 0;
        }
        return out.toByteArray();
    }
}
