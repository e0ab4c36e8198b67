package dev.medzoo.benchmarks.pictures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * JPEGs whose codes are made so that zeros are blocks without a coefficient: two bits a block, or
 * in scans of progressive files fifteen bits for 16,384 blocks.
 */
final class HostileJpegs {
    private final long pixels;
    private final List<HostilePicture> all = new ArrayList<>();

    HostileJpegs(long pixels) {
        this.pixels = pixels;
    }

    List<HostilePicture> all() {
        Shape square = Shape.square(pixels);
        for (int components : new int[] {1, 3, 4}) {
            for (Shape shape : List.of(square, Shape.wide(pixels), Shape.tall(pixels))) {
                add(
                        "plain %d %s".formatted(components, shape.name()),
                        () -> plain(shape, components, 0x11));
            }
            for (int scans : new int[] {2, 4, 10, 25, 99, 1000, 10_000}) {
                add(
                        "progressive %d scans %d".formatted(components, scans),
                        () -> progressive(square, components, scans));
            }
            add("scan each %d".formatted(components), () -> scanEach(square, components));
            add("large sampling %d".formatted(components), () -> plain(square, components, 0x44));
            add("no data %d".formatted(components), () -> noData(square, components));
        }
        add("restart after every block", () -> restarts(square));
        add("a million restarts", () -> restartsOnly(square));
        add("noise for codes", () -> noise(square));
        add("a million comments", () -> comments(square, 0xfe));
        add("a million profiles", () -> comments(square, 0xe2));
        add("a million tables", () -> tables(square));
        add("a megabyte of fill", () -> fill(square));
        add("twelve bits", () -> frame(0xc1, 12, square, 3, 0x11).u16(0xffd9).toBytes());
        add("arithmetic codes", () -> frame(0xc9, 8, square, 3, 0x11).u16(0xffd9).toBytes());
        add("lossless", () -> frame(0xc3, 8, square, 3, 0x11).u16(0xffd9).toBytes());
        add("hundreds of components", () -> frame(0xc0, 8, square, 255, 0x11).toBytes());
        add("two frames", () -> twoFrames(square));
        add("another picture after the end", () -> trailer(square));
        return all;
    }

    private void add(String trick, Supplier<byte[]> draw) {
        all.add(new HostilePicture("jpeg: " + trick, draw));
    }

    /** From the first marker to the frame. */
    static FileBytes frame(int process, int bits, Shape shape, int components, int sampling) {
        FileBytes jpeg = FileBytes.big().u16(0xffd8);
        jpeg.u16(0xffdb, 67).u8(0);
        for (int i = 0; i < 64; i++) {
            jpeg.u8(16);
        }
        // Codes of one bit: a difference of 0, no more coefficients, none in 16,384 blocks.
        code(jpeg, 0x00, 0x00);
        code(jpeg, 0x10, 0x00);
        code(jpeg, 0x11, 0xe0);
        jpeg.u16(0xff00 | process, 8 + 3L * components).u8(bits);
        jpeg.u16(shape.height(), shape.width()).u8(components);
        for (int i = 0; i < components; i++) {
            jpeg.u8(i + 1, i == 0 ? sampling : 0x11, 0);
        }
        return jpeg;
    }

    private static void code(FileBytes jpeg, int table, int symbol) {
        jpeg.u16(0xffc4, 20).u8(table, 1).zeros(15).u8(symbol);
    }

    static FileBytes scan(FileBytes jpeg, int[] components, int ac, int from, int to, int bits) {
        jpeg.u16(0xffda, 6 + 2L * components.length).u8(components.length);
        for (int component : components) {
            jpeg.u8(component, ac);
        }
        return jpeg.u8(from, to, bits);
    }

    private static int[] first(int components) {
        int[] first = new int[components];
        for (int i = 0; i < components; i++) {
            first[i] = i + 1;
        }
        return first;
    }

    private static long blocks(Shape shape) {
        return (shape.width() + 7L) / 8 * ((shape.height() + 7L) / 8);
    }

    static byte[] plain(Shape shape, int components, int sampling) {
        int used = sampling == 0x11 ? sampling : components == 1 ? 0x11 : 0x42;
        FileBytes jpeg = frame(0xc0, 8, shape, components, used);
        long bits = 2L * components * (blocks(shape) + shape.width() + shape.height()) + 64;
        return scan(jpeg, first(components), 0, 0, 63, 0).zeros(bits / 8).u16(0xffd9).toBytes();
    }

    static byte[] progressive(Shape shape, int components, int scans) {
        FileBytes jpeg = frame(0xc2, 8, shape, components, 0x11);
        long blocks = blocks(shape) + shape.width() + shape.height();
        scan(jpeg, first(components), 0, 0, 0, 1).zeros(blocks * components / 8 + 8);
        for (int i = 1; i < scans; i++) {
            int component = 1 + i % components;
            int round = (i - 1) / components;
            // First of all coefficients, then refined again and again.
            int bits = round == 0 ? 0x0d : 0xdc - 0x11 * Math.min(12, round - 1);
            scan(jpeg, new int[] {component}, 0x01, 1, 63, bits).zeros(blocks * 15 / 16384 / 8 + 8);
        }
        return jpeg.u16(0xffd9).toBytes();
    }

    private static byte[] scanEach(Shape shape, int components) {
        FileBytes jpeg = frame(0xc0, 8, shape, components, 0x11);
        for (int i = 1; i <= components; i++) {
            scan(jpeg, new int[] {i}, 0, 0, 63, 0).zeros(blocks(shape) / 4 + 8);
        }
        return jpeg.u16(0xffd9).toBytes();
    }

    private static byte[] noData(Shape shape, int components) {
        FileBytes jpeg = frame(0xc0, 8, shape, components, 0x11);
        return scan(jpeg, first(components), 0, 0, 63, 0).u16(0xffd9).toBytes();
    }

    private static byte[] restarts(Shape shape) {
        FileBytes jpeg = frame(0xc0, 8, shape, 1, 0x11).u16(0xffdd, 4, 1);
        scan(jpeg, first(1), 0, 0, 63, 0);
        long blocks = blocks(shape);
        for (long i = 0; i < blocks; i++) {
            jpeg.u8(0x3f, 0xff, 0xd0 + (int) (i % 8));
        }
        return jpeg.u16(0xffd9).toBytes();
    }

    private static byte[] restartsOnly(Shape shape) {
        FileBytes jpeg = frame(0xc0, 8, shape, 3, 0x11);
        scan(jpeg, first(3), 0, 0, 63, 0);
        for (int i = 0; i < 500_000; i++) {
            jpeg.u8(0xff, 0xd3);
        }
        return jpeg.u16(0xffd9).toBytes();
    }

    private static byte[] noise(Shape shape) {
        FileBytes jpeg = frame(0xc0, 8, shape, 3, 0x11);
        byte[] noise = new byte[900_000];
        new Random(1).nextBytes(noise);
        return scan(jpeg, first(3), 0, 0, 63, 0).bytes(noise).u16(0xffd9).toBytes();
    }

    private static byte[] comments(Shape shape, int marker) {
        FileBytes jpeg = FileBytes.big().u16(0xffd8);
        for (int i = 0; i < 250_000; i++) {
            jpeg.u16(0xff00 | marker, 2);
        }
        byte[] plain = plain(shape, 1, 0x11);
        return jpeg.bytes(Arrays.copyOfRange(plain, 2, plain.length)).toBytes();
    }

    private static byte[] tables(Shape shape) {
        FileBytes jpeg = FileBytes.big().u16(0xffd8);
        for (int i = 0; i < 40_000; i++) {
            code(jpeg, 0x00, 0x00);
        }
        byte[] plain = plain(shape, 1, 0x11);
        return jpeg.bytes(Arrays.copyOfRange(plain, 2, plain.length)).toBytes();
    }

    private static byte[] fill(Shape shape) {
        FileBytes jpeg = FileBytes.big().u16(0xffd8);
        for (int i = 0; i < 1_000_000; i++) {
            jpeg.u8(0xff);
        }
        byte[] plain = plain(shape, 1, 0x11);
        return jpeg.bytes(Arrays.copyOfRange(plain, 2, plain.length)).toBytes();
    }

    private static byte[] twoFrames(Shape shape) {
        FileBytes jpeg = frame(0xc0, 8, new Shape("small", 8, 8), 1, 0x11);
        jpeg.u16(0xffc0, 11).u8(8).u16(shape.height(), shape.width()).u8(1, 1, 0x11, 0);
        return scan(jpeg, first(1), 0, 0, 63, 0).zeros(8).u16(0xffd9).toBytes();
    }

    private static byte[] trailer(Shape shape) {
        return FileBytes.big()
                .bytes(plain(new Shape("small", 64, 64), 3, 0x11))
                .bytes(progressive(shape, 3, 99))
                .toBytes();
    }
}
