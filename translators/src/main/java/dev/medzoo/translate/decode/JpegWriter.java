package dev.medzoo.translate.decode;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.IIOException;

/** Writes coefficients as the one scan of a sequential JPEG, in the codes of T.81, annex K.3. */
final class JpegWriter {
    private static final int LENGTHS = 16;
    private static final String DC_COUNTS = "00010501010101010100000000000000";
    private static final String DC_SYMBOLS = "000102030405060708090a0b";
    private static final String AC_COUNTS = "0002010303020403050504040000017d";
    private static final String AC_SYMBOLS =
            "01020300041105122131410613516107227114328191a1082342b1c11552d1f0"
                    + "2433627282090a161718191a25262728292a3435363738393a4344454647484"
                    + "94a535455565758595a636465666768696a737475767778797a8384858687"
                    + "88898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9ba"
                    + "c2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2"
                    + "f3f4f5f6f7f8f9fa";

    private static final byte[] DC = table(DC_COUNTS + DC_SYMBOLS);
    private static final byte[] AC = table(AC_COUNTS + AC_SYMBOLS);
    private static final int[] DC_CODES = codes(DC);
    private static final int[] AC_CODES = codes(AC);

    private final Budget budget;
    private byte[] out;
    private int at;
    private long held;
    private int heldBits;

    JpegWriter(Budget budget, int bytes) {
        this.budget = budget;
        out = new byte[bytes];
    }

    private static byte[] table(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /** Length and code of each symbol; 0 for symbols without one. */
    private static int[] codes(byte[] table) {
        int[] codes = new int[256];
        int code = 0;
        int symbol = LENGTHS;
        for (int length = 1; length <= LENGTHS; length++) {
            for (int i = 0; i < table[length - 1]; i++) {
                codes[table[symbol++] & 0xff] = length << 16 | code++;
            }
            code <<= 1;
        }
        return codes;
    }

    void bytes(byte[] bytes, int from, int length) {
        reserve(length);
        System.arraycopy(bytes, from, out, at, length);
        at += length;
    }

    private void reserve(int more) {
        if (at + more > out.length) {
            out = Arrays.copyOf(out, Math.max(at + more, out.length + out.length / 2));
        }
    }

    private void put(int... values) {
        reserve(values.length);
        for (int value : values) {
            out[at++] = (byte) value;
        }
    }

    /** Writes both Huffman tables, the scan with all components, and the end marker. */
    void scan(List<JpegComponent> components, int mcusAcross, int mcusDown) throws IOException {
        put(0xff, 0xc4, 0, 3 + DC.length, 0x00);
        bytes(DC, 0, DC.length);
        put(0xff, 0xc4, 0, 3 + AC.length, 0x10);
        bytes(AC, 0, AC.length);
        put(0xff, 0xda, 0, 6 + 2 * components.size(), components.size());
        for (JpegComponent component : components) {
            put(component.id, 0);
            component.predicted = 0;
        }
        put(0, 63, 0);
        for (int y = 0; y < mcusDown; y++) {
            budget.checkWanted();
            for (int x = 0; x < mcusAcross; x++) {
                for (JpegComponent component : components) {
                    mcu(component, x, y);
                }
            }
        }
        reserve(16);
        bits(0x7f, 7);
        flush(heldBits);
        put(0xff, 0xd9);
    }

    private void mcu(JpegComponent component, int x, int y) throws IOException {
        for (int row = 0; row < component.down; row++) {
            for (int column = 0; column < component.across; column++) {
                int block =
                        (y * component.down + row) * component.blocksAcross
                                + x * component.across
                                + column;
                block(component, block);
            }
        }
    }

    private void block(JpegComponent component, int block) throws IOException {
        short[] in = component.coefficients;
        int from = 64 * block;
        // A coefficient has at most 26 bits, and every byte may need another after it.
        reserve(64 * 8);
        int difference = in[from] - component.predicted;
        component.predicted = in[from];
        int size = size(difference);
        code(DC_CODES[size]);
        bits(difference < 0 ? difference - 1 : difference, size);
        int zeros = 0;
        for (int k = 1; component.filled[block] != 0 && k < 64; k++) {
            int value = in[from + k];
            if (value == 0) {
                zeros++;
                continue;
            }
            for (; zeros > 15; zeros -= 16) {
                code(AC_CODES[0xf0]);
            }
            size = size(value);
            code(size > 10 ? 0 : AC_CODES[zeros << 4 | size]);
            bits(value < 0 ? value - 1 : value, size);
            zeros = 0;
        }
        if (zeros > 0 || component.filled[block] == 0) {
            code(AC_CODES[0]);
        }
    }

    private static int size(int value) {
        return 32 - Integer.numberOfLeadingZeros(Math.abs(value));
    }

    private void code(int code) throws IIOException {
        if (code == 0) {
            throw new IIOException("coefficient: more than 8 bits a sample give");
        }
        bits(code & 0xffff, code >> 16);
    }

    private void bits(int value, int count) {
        held = held << count | (value & ((1L << count) - 1));
        heldBits += count;
        if (heldBits >= 32) {
            flush(32);
        }
    }

    private void flush(int bits) {
        for (int left = bits; left >= 8; left -= 8) {
            heldBits -= 8;
            byte next = (byte) (held >>> heldBits);
            out[at++] = next;
            if (next == (byte) 0xff) {
                out[at++] = 0;
            }
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(out, at);
    }
}
