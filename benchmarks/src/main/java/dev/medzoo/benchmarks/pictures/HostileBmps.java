package dev.medzoo.benchmarks.pictures;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** BMPs that are short for what they claim, by run lengths or by what they refer to. */
final class HostileBmps {
    private final long pixels;
    private final List<HostilePicture> all = new ArrayList<>();

    HostileBmps(long pixels) {
        this.pixels = pixels;
    }

    List<HostilePicture> all() {
        for (Shape shape : List.of(Shape.square(pixels), Shape.wide(pixels), Shape.tall(pixels))) {
            for (int bits : new int[] {4, 8}) {
                String name = " of %d bits, %s".formatted(bits, shape.name());
                add("ends at once" + name, () -> bmp(shape, bits, FileBytes.little().u8(0, 1)));
                add("runs" + name, () -> bmp(shape, bits, runs(shape)));
            }
        }
        Shape square = Shape.square(pixels);
        Shape small = new Shape("small", 16, 16);
        add("runs beyond the row", () -> bmp(small, 8, beyond()));
        add("rows that never begin", () -> bmp(Shape.tall(pixels), 8, rowEnds(pixels)));
        add("jumps", () -> bmp(square, 8, jumps()));
        add("JPEG inside", () -> inside(4, HostileJpegs.plain(square, 3, 0x11)));
        add("PNG inside", () -> inside(5, FileBytes.big().text("\u0089PNG\r\n\u001a\n").toBytes()));
        add("a profile in a file of this machine", () -> linked(square));
        add("one bit", () -> plain(square, 1));
        add("no pixels", () -> header(40, square, 24, 0, 54).toBytes());
        return all;
    }

    private void add(String trick, Supplier<byte[]> draw) {
        all.add(new HostilePicture("bmp: " + trick, draw));
    }

    private static FileBytes header(int bytes, Shape shape, int bits, int compression, int pixels) {
        return FileBytes.little()
                .text("BM")
                .u32(0, 0, pixels)
                .u32(bytes, shape.width(), shape.height())
                .u16(1, bits)
                .u32(compression, 0, 0, 0, 0, 0)
                .zeros(bytes - 40L);
    }

    private static byte[] bmp(Shape shape, int bits, FileBytes runs) {
        int colours = 4 << bits;
        return header(40, shape, bits, bits == 8 ? 1 : 2, 54 + colours)
                .zeros(colours)
                .bytes(runs.toBytes())
                .toBytes();
    }

    private static FileBytes runs(Shape shape) {
        FileBytes runs = FileBytes.little();
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x += 255) {
                runs.u8(Math.min(255, shape.width() - x), 0x12);
            }
            runs.u8(0, 0);
        }
        return runs.u8(0, 1);
    }

    private static FileBytes beyond() {
        FileBytes runs = FileBytes.little();
        for (int i = 0; i < 450_000; i++) {
            runs.u8(255, 1);
        }
        return runs.u8(0, 1);
    }

    private static FileBytes rowEnds(long pixels) {
        return FileBytes.little().zeros(Math.min(900_000, pixels)).u8(0, 1);
    }

    private static FileBytes jumps() {
        FileBytes runs = FileBytes.little();
        for (int i = 0; i < 200_000; i++) {
            runs.u8(0, 2, 1, 0, 1, 7);
        }
        return runs.u8(0, 1);
    }

    private static byte[] inside(int compression, byte[] file) {
        return header(40, new Shape("small", 16, 16), 0, compression, 54).bytes(file).toBytes();
    }

    private static byte[] linked(Shape shape) {
        FileBytes bmp = header(124, shape, 8, 1, 138 + 1024);
        byte[] bytes = bmp.zeros(1024).u8(0, 1).text("/etc/hostname\0").toBytes();
        System.arraycopy(FileBytes.little().text("KNIL").toBytes(), 0, bytes, 70, 4);
        System.arraycopy(FileBytes.little().u32(1150, 14).toBytes(), 0, bytes, 126, 8);
        return bytes;
    }

    private static byte[] plain(Shape shape, int bits) {
        long row = ((long) shape.width() * bits + 31) / 32 * 4;
        return header(40, shape, bits, 0, 62).zeros(8).zeros(row * shape.height()).toBytes();
    }
}
