package dev.medzoo.translate.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads the bits of one JPEG scan (ITU-T T.81, annex F.2.2.5), up to the next marker. */
final class JpegBits {
    private static final String EARLY_END = "Corrupt JPEG data: premature end of data segment";

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int at;
    private long held;
    private int heldBits;

    /** Padding zeros in place of missing bits. */
    private int madeBits;

    JpegBits(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Peeks at the next sixteen bits, zero-padded at the end. */
    int peek16() {
        if (heldBits < 16) {
            fill();
        }
        return (int) (held >>> (heldBits - 16)) & 0xffff;
    }

    private void fill() {
        if (heldBits <= Integer.SIZE && at <= end - Integer.BYTES) {
            int four = (int) INT.get(bytes, at);
            boolean hasFf = ((~four - 0x01010101) & four & 0x80808080) != 0;
            if (!hasFf) {
                held = held << Integer.SIZE | (four & 0xffffffffL);
                heldBits += Integer.SIZE;
                at += Integer.BYTES;
                return;
            }
        }
        while (heldBits <= 48) {
            int next = at < end ? bytes[at] : -1;
            if (next == -1) {
                boolean isStuffed = at + 1 < end && bytes[at + 1] == 0;
                at += isStuffed ? 2 : 0;
                next = isStuffed ? 0xff : 0;
                madeBits += isStuffed ? 0 : 8;
            } else {
                at++;
            }
            held = held << 8 | (next & 0xff);
            heldBits += 8;
        }
    }

    void skip(int bits) throws DamagedException {
        heldBits -= bits;
        if (heldBits < madeBits) {
            throw new DamagedException(EARLY_END);
        }
    }

    boolean readFlag() throws DamagedException {
        if (heldBits == 0) {
            fill();
        }
        skip(1);
        return (held >>> heldBits & 1) == 1;
    }

    /** Reads at most sixteen bits. */
    int read(int bits) throws DamagedException {
        if (heldBits < bits) {
            fill();
        }
        skip(bits);
        return (int) (held >>> heldBits) & ((1 << bits) - 1);
    }

    /** Reads a signed number of so many bits (F.2.2.1). */
    int signed(int bits) throws DamagedException {
        int value = read(bits);
        return bits == 0 || value >> (bits - 1) == 1 ? value : value - (1 << bits) + 1;
    }

    /** Skips to the expected restart marker. */
    void restart(int number) throws DamagedException {
        heldBits = 0;
        held = 0;
        madeBits = 0;
        while (at + 1 < end && !(bytes[at] == (byte) 0xff && (bytes[at + 1] & 0xf8) == 0xd0)) {
            at++;
        }
        if (at + 1 >= end || (bytes[at + 1] & 7) != number) {
            throw new DamagedException(EARLY_END);
        }
        at += 2;
    }
}
