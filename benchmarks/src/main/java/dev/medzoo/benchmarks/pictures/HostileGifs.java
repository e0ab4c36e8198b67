package dev.medzoo.benchmarks.pictures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** GIFs whose codes stand for thousands of pixels each. */
final class HostileGifs {
    private final long pixels;
    private final List<HostilePicture> all = new ArrayList<>();

    HostileGifs(long pixels) {
        this.pixels = pixels;
    }

    List<HostilePicture> all() {
        for (Shape shape : List.of(Shape.square(pixels), Shape.wide(pixels), Shape.tall(pixels))) {
            add("flat " + shape.name(), () -> gif(shape, shape, 0, flat(shape.pixels())));
            add("interlaced " + shape.name(), () -> gif(shape, shape, 0x40, flat(shape.pixels())));
        }
        Shape square = Shape.square(pixels);
        Shape small = new Shape("small", 64, 64);
        add("codes after the last row", () -> gif(square, square, 0, flat(200 * pixels)));
        add("codes after the last of few rows", () -> gif(small, small, 0, flat(1000 * pixels)));
        add("a small frame on a large canvas", () -> gif(square, small, 0, flat(4096)));
        add("a large frame on a small canvas", () -> gif(small, square, 0, flat(pixels)));
        add("nothing but clear codes", () -> gif(square, square, 0, clears(800_000)));
        add("a code that does not exist", () -> gif(square, square, 0, bad()));
        add("no codes", () -> gif(square, square, 0, new byte[0]));
        add("a million extensions", () -> extensions(square));
        add("a thousand frames", () -> frames(square));
        add("blocks of one byte", () -> blocksOfOne(square));
        return all;
    }

    private void add(String trick, Supplier<byte[]> draw) {
        all.add(new HostilePicture("gif: " + trick, draw));
    }

    private static FileBytes begin(Shape canvas) {
        return FileBytes.little()
                .text("GIF89a")
                .u16(canvas.width(), canvas.height())
                .u8(0xf7, 0, 0)
                .zeros(3 * 256);
    }

    private static FileBytes frame(FileBytes gif, Shape frame, int flags) {
        return gif.u8(',').u16(0, 0, frame.width(), frame.height()).u8(flags, 8);
    }

    private static FileBytes blocks(FileBytes gif, byte[] codes, int length) {
        for (int at = 0; at < codes.length; at += length) {
            int count = Math.min(length, codes.length - at);
            gif.u8(count).bytes(Arrays.copyOfRange(codes, at, at + count));
        }
        return gif.u8(0);
    }

    private static byte[] gif(Shape canvas, Shape frame, int flags, byte[] codes) {
        return blocks(frame(begin(canvas), frame, flags), codes, 255).u8(0x3b).toBytes();
    }

    /** Each code one pixel longer than the one before, then the longest again and again. */
    static byte[] flat(long pixels) {
        Bits bits = Bits.lowFirst().put(256, 9).put(0, 9);
        long done = 1;
        int size = 9;
        int next = 258;
        while (done < pixels) {
            bits.put(Math.min(next, 4095), size);
            done += Math.min(next, 4095) - 256;
            if (next < 4096) {
                next++;
                size = next == 1 << size && size < 12 ? size + 1 : size;
            }
        }
        return bits.put(257, size).toBytes();
    }

    private static byte[] clears(int count) {
        Bits bits = Bits.lowFirst();
        for (int i = 0; i < count; i++) {
            bits.put(256, 9);
        }
        return bits.toBytes();
    }

    private static byte[] bad() {
        return Bits.lowFirst().put(256, 9).put(0, 9).put(400, 9).toBytes();
    }

    private static byte[] extensions(Shape shape) {
        FileBytes gif = begin(shape);
        for (int i = 0; i < 250_000; i++) {
            gif.u8(0x21, 0xfe, 0);
        }
        return blocks(frame(gif, shape, 0), flat(shape.pixels()), 255).u8(0x3b).toBytes();
    }

    private static byte[] frames(Shape shape) {
        FileBytes gif = begin(shape);
        byte[] codes = flat(shape.pixels());
        for (int i = 0; i < 40; i++) {
            blocks(frame(gif, shape, 0), codes, 255);
        }
        return gif.u8(0x3b).toBytes();
    }

    private static byte[] blocksOfOne(Shape shape) {
        FileBytes gif = frame(begin(shape), shape, 0);
        return blocks(gif, flat(shape.pixels()), 1).u8(0x3b).toBytes();
    }
}
