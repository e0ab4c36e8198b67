package dev.medzoo.benchmarks.pictures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.function.Supplier;

/** TIFFs of a fax: pixels that change all the time, codes that make none, ends that never come. */
final class HostileFaxes {
    private static final int HUFFMAN = 2;
    private static final int T4 = 3;
    private static final int T6 = 4;

    /** Of T.4: changes below those of the row above. */
    private static final int TWO_DIMENSIONAL = 1;

    private static final String END = "000000000001";
    private static final String WHITE_0 = "00110101";
    private static final String WHITE_1 = "000111";
    private static final String BLACK_0 = "0000110111";
    private static final String BLACK_1 = "010";
    private static final String HORIZONTAL = "001";
    private static final String PASS = "0001";
    private static final String BELOW = "1";
    private static final String LEFT_3 = "0000010";
    private static final String WHITE_2560 = "000000011111";

    /** What a file below a megabyte has for its codes. */
    private static final int SMALL_BYTES = 990_000;

    private final long pixels;
    private final Shape square;

    /** As wide as 16 bits allow, and whole bytes in every way of coding that is drawn here. */
    private final Shape wide;

    private final List<HostilePicture> all = new ArrayList<>();

    HostileFaxes(long pixels) {
        this.pixels = pixels;
        square = Shape.square(pixels);
        int width = Shape.wide(pixels).width() & ~15;
        wide = new Shape("wide", width, (int) (pixels / width));
    }

    List<HostilePicture> all() {
        for (int compression : new int[] {HUFFMAN, T4, T6}) {
            add(compression, "white", () -> filled(compression, 0xff));
            add(compression, "zeros", () -> filled(compression, 0));
            add(compression, "changes", () -> filled(compression, 0x55));
        }
        for (String coding : List.of("CCITT RLE", "CCITT T.4", "CCITT T.6")) {
            addDrawn(coding, "stripes", (x, y) -> x);
            addDrawn(coding, "a checkerboard", (x, y) -> x + y);
            addDrawn(coding, "noise", HostileFaxes::noise);
            addDrawn(coding, "pairs", (x, y) -> (x + y) >> 1);
        }
        codes();
        rows();
        add("fax of 8 bits", () -> tiff(square, HUFFMAN, new byte[1]).tag(258, 8).toBytes());
        return all;
    }

    private void codes() {
        String pair = WHITE_1 + BLACK_1;
        String none = WHITE_0 + BLACK_0;
        add(HUFFMAN, "runs of a pixel", () -> wide(HUFFMAN, repeated(pair, wide.width() / 2)));
        byte[] line = repeated("0000" + END, 1);
        add(T4, "runs of a pixel", () -> wide(T4, line, repeated(pair, wide.width() / 2)));
        add(T4, "no end of a line", () -> wide(T4, repeated(pair, wide.width() / 2)));
        String beside = HORIZONTAL + pair;
        byte[] first = repeated(beside, wide.width() / 2);
        add(T6, "runs of a pixel", () -> wide(T6, first));
        byte[] below = repeated(BELOW, wide.width());
        add(T6, "changes below each other", () -> tiff(wide, T6, below(first, below)).toBytes());
        add(T6, "the same below a megabyte", () -> some(first, below));
        byte[] passed = repeated(PASS, wide.width() / 2);
        add(T6, "changes passed by turns", () -> wide(T6, first, passed));
        add(T6, "changes sought in vain", this::vain);
        add(HUFFMAN, "runs of nothing", () -> small(HUFFMAN, "", none));
        add(T4, "runs of nothing", () -> small(T4, END + "1", none));
        add(T6, "runs of nothing", () -> small(T6, "", HORIZONTAL + none));
        add(T4, "lines of nothing", () -> small(T4, "", "0000"));
        add(T4, "no line between lines", () -> small(T4, END + "1", "10000000000"));
        add(T6, "uncompressed mode", () -> small(T6, "", "0000001111"));
    }

    private void rows() {
        int tall = (int) Math.min(pixels, 1_000_000);
        Shape narrow = new Shape("", 1, tall);
        Shape tiled = new Shape("", (int) (pixels / tall), tall);
        byte[] below = repeated(BELOW, tall);
        add(T6, "a pixel wide", () -> tiff(narrow, T6, below).toBytes());
        add(HUFFMAN, "a pixel wide", () -> tiff(narrow, HUFFMAN, filledBy(tall, 0x1c)).toBytes());
        add(T6, "a pixel wide, without a code", () -> tiff(narrow, T6, new byte[1]).toBytes());
        byte[] ends = repeated(END + END, 1);
        add(T6, "a pixel wide, its end first", () -> tiff(narrow, T6, ends).toBytes());
        add(T6, "tiles a pixel wide", () -> tiles(tiled, ends));
        add(T6, "a strip for every row", () -> strips(Shape.tall(pixels), ends));
        add(T6, "differences", () -> tiff(narrow, T6, below).tag(317, 2).toBytes());
    }

    private void add(int compression, String trick, Supplier<byte[]> draw) {
        add("fax %d, %s".formatted(compression, trick), draw);
    }

    private void add(String name, Supplier<byte[]> draw) {
        all.add(new HostilePicture("tiff: " + name, draw));
    }

    private void addDrawn(String coding, String what, IntBinaryOperator bit) {
        add("%s of %s".formatted(coding, what), () -> drawn(coding, bit));
    }

    private static int noise(int x, int y) {
        int mixed = (x * 0x9e37_79b1 ^ y * 0x85eb_ca6b) * 0xc2b2_ae35;
        return mixed >>> 17;
    }

    private byte[] drawn(String coding, IntBinaryOperator bit) {
        BufferedImage image =
                new BufferedImage(wide.width(), wide.height(), BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < wide.height(); y++) {
            for (int x = 0; x < wide.width(); x++) {
                image.getRaster().setSample(x, y, 0, bit.applyAsInt(x, y) & 1);
            }
        }
        try {
            return HonestPictures.tiff(image, coding);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TiffBytes tiff(Shape shape, int compression, byte[] codes) {
        return TiffBytes.of(shape, compression, 1, 1).tag(278, shape.height()).strips(1, codes);
    }

    private byte[] filled(int compression, int fill) {
        return tiff(square, compression, filledBy(400_000, fill)).toBytes();
    }

    private static byte[] filledBy(int count, int fill) {
        byte[] codes = new byte[count];
        Arrays.fill(codes, (byte) fill);
        return codes;
    }

    /** The same codes for each row, or those of several by turns. */
    private byte[] wide(int compression, byte[]... rows) {
        FileBytes codes = FileBytes.big();
        for (int y = 0; y < wide.height(); y += compression == T4 ? 1 : rows.length) {
            for (byte[] row : rows) {
                codes.bytes(row);
            }
        }
        return tiff(wide, compression, codes.toBytes()).toBytes();
    }

    private byte[] below(byte[] first, byte[] below) {
        FileBytes codes = FileBytes.big().bytes(first);
        for (int y = 1; y < wide.height(); y++) {
            codes.bytes(below);
        }
        return codes.toBytes();
    }

    /** The rows that a file below a megabyte has room for, and the end. */
    private byte[] some(byte[] first, byte[] below) {
        FileBytes codes = FileBytes.big().bytes(first);
        while (codes.size() + below.length < SMALL_BYTES) {
            codes.bytes(below);
        }
        return tiff(wide, T6, codes.bytes(repeated(END + END, 1)).toBytes()).toBytes();
    }

    /** Below thousands of changes a row has left them all behind, and asks for the next. */
    private byte[] vain() {
        int longRuns = wide.width() / 2560 - 1;
        String many = (HORIZONTAL + WHITE_1 + BLACK_1).repeat(1270 * longRuns) + BELOW;
        String behind = HORIZONTAL + WHITE_2560.repeat(longRuns) + WHITE_0 + BLACK_1;
        byte[] rows = repeated(many + behind + LEFT_3.repeat(30_000) + BELOW, 13);
        return tiff(wide, T6, rows).toBytes();
    }

    /** As many codes as a file below a megabyte has room for. */
    private byte[] small(int compression, String first, String each) {
        Bits bits = Bits.highFirst();
        put(bits, first);
        for (int left = 8 * SMALL_BYTES; left > 0; left -= each.length()) {
            put(bits, each);
        }
        return tiff(square, compression, bits.toBytes())
                .tag(292, compression == T4 ? TWO_DIMENSIONAL : 0)
                .toBytes();
    }

    private static byte[] tiles(Shape shape, byte[] codes) {
        return TiffBytes.of(shape, T6, 1, 1)
                .tag(322, 1)
                .tag(323, shape.height())
                .tiles(shape.width(), codes)
                .toBytes();
    }

    private static byte[] strips(Shape shape, byte[] codes) {
        return TiffBytes.of(shape, T6, 1, 1).tag(278, 1).strips(shape.height(), codes).toBytes();
    }

    private static byte[] repeated(String code, int times) {
        Bits bits = Bits.highFirst();
        for (int i = 0; i < times; i++) {
            put(bits, code);
        }
        return bits.toBytes();
    }

    private static void put(Bits bits, String code) {
        for (int i = 0; i < code.length(); i++) {
            bits.put(code.charAt(i) - '0', 1);
        }
    }
}
