package dev.medzoo.benchmarks.pictures;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** WebPs: a code of one symbol costs no bit a pixel, so a few bytes are fifty million. */
final class HostileWebps {
    private final long pixels;
    private final Shape square;
    private final List<HostilePicture> all = new ArrayList<>();

    HostileWebps(long pixels) {
        this.pixels = pixels;
        square = Shape.square(pixels);
    }

    List<HostilePicture> all() {
        for (Shape shape : List.of(square, shape16(false), shape16(true))) {
            add("lossless " + shape.name(), () -> lossless(shape, flat(Bits.lowFirst().put(0, 1))));
        }
        for (int cache = 1; cache <= 11; cache += 5) {
            int bits = cache;
            add("colour cache %d".formatted(cache), () -> lossless(square, cached(bits)));
        }
        for (int type = 0; type < 4; type++) {
            int each = type;
            add("transform %d".formatted(type), () -> lossless(square, transformed(each)));
            add(
                    "transform %d twice".formatted(type),
                    () -> lossless(square, transformed(each, each)));
        }
        add("all transforms", () -> lossless(square, transformed(0, 1, 2, 3)));
        add("all transforms, backwards", () -> lossless(square, transformed(3, 2, 1, 0)));
        add("a thousand transforms", () -> lossless(square, transformed(new int[1000])));
        add("green subtracted without end", () -> lossless(square, subtracted(1_000_000)));
        for (int groups : new int[] {2, 1000, 65_536}) {
            add(
                    "%d groups of codes".formatted(groups),
                    () -> lossless(square, groups(groups, false)));
            add(
                    "%d groups of long codes".formatted(groups),
                    () -> lossless(square, groups(groups, true)));
        }
        add("copies", () -> lossless(square, copies()));
        add("no codes", () -> lossless(square, Bits.lowFirst().put(0, 2)));
        for (long each : new long[] {pixels, pixels / 10, pixels / 20}) {
            Shape shape = Shape.square(each);
            String name = " of %d pixels".formatted(each);
            add("lossy zeros" + name, () -> simple("VP8 ", lossy(shape, new byte[300_000])));
            add("lossy noise" + name, () -> simple("VP8 ", lossy(shape, noise(900_000))));
            add("lossy with alpha" + name, () -> withAlpha(shape));
        }
        add("a thousand pictures", () -> pictures(1000));
        add("a thousand alphas", () -> alphas(1000));
        add("a thousand frames", () -> frames(1000));
        add("profile", () -> profile());
        add("a small frame on a large canvas", () -> smallFrame());
        add("a million chunks", () -> chunks(100_000));
        return all;
    }

    private void add(String trick, Supplier<byte[]> draw) {
        all.add(new HostilePicture("webp: " + trick, draw));
    }

    private Shape shape16(boolean tall) {
        int length = (int) Math.min(16_383, pixels / 4);
        int other = (int) Math.max(1, pixels / length);
        return tall ? new Shape("tall", other, length) : new Shape("wide", length, other);
    }

    private static FileBytes chunk(FileBytes webp, String name, byte[] body) {
        webp.text(name).u32(body.length).bytes(body);
        return body.length % 2 == 1 ? webp.u8(0) : webp;
    }

    private static byte[] riff(FileBytes chunks) {
        byte[] body = chunks.toBytes();
        return FileBytes.little()
                .text("RIFF")
                .u32(body.length + 4L)
                .text("WEBP")
                .bytes(body)
                .toBytes();
    }

    private static byte[] simple(String name, byte[] body) {
        return riff(chunk(FileBytes.little(), name, body));
    }

    private static byte[] losslessBody(Shape shape, Bits bits) {
        long sizes = (shape.width() - 1L) | (shape.height() - 1L) << 14;
        return FileBytes.little().u8(0x2f).u32(sizes).bytes(bits.toBytes()).toBytes();
    }

    private static byte[] lossless(Shape shape, Bits bits) {
        return simple("VP8L", losslessBody(shape, bits));
    }

    /** Five codes of one symbol each, 0. */
    private static Bits codes(Bits bits) {
        for (int i = 0; i < 5; i++) {
            bits.put(1, 1).put(0, 1).put(0, 1).put(0, 1);
        }
        return bits;
    }

    /** After the transforms: no cache, no groups, codes of one symbol. */
    private static Bits flat(Bits bits) {
        return codes(bits.put(0, 1).put(0, 1));
    }

    /** An image inside: no cache, codes of one symbol. */
    private static Bits inner(Bits bits) {
        return codes(bits.put(0, 1));
    }

    private static Bits cached(int cacheBits) {
        return codes(Bits.lowFirst().put(0, 1).put(1, 1).put(cacheBits, 4).put(0, 1));
    }

    private static Bits transformed(int... types) {
        Bits bits = Bits.lowFirst();
        for (int type : types) {
            bits.put(1, 1).put(type, 2);
            if (type < 2) {
                inner(bits.put(0, 3));
            } else if (type == 3) {
                inner(bits.put(0, 8));
            }
        }
        return flat(bits.put(0, 1));
    }

    private static Bits subtracted(int times) {
        Bits bits = Bits.lowFirst();
        for (int i = 0; i < times; i++) {
            bits.put(1, 1).put(2, 2);
        }
        return flat(bits.put(0, 1));
    }

    /** The image that tells the groups has one group's number everywhere, the last. */
    private static Bits groups(int groups, boolean isLong) {
        Bits bits = Bits.lowFirst().put(0, 1).put(0, 1).put(1, 1).put(0, 3);
        int last = groups - 1;
        bits.put(0, 1);
        one(bits, last & 0xff);
        one(bits, last >> 8);
        one(bits, 0);
        one(bits, 0);
        one(bits, 0);
        for (int i = 0; i < groups; i++) {
            if (isLong) {
                for (int code = 0; code < 5; code++) {
                    longCode(bits);
                }
            } else {
                codes(bits);
            }
        }
        return bits;
    }

    private static void one(Bits bits, int symbol) {
        bits.put(1, 1).put(0, 1).put(1, 1).put(symbol, 8);
    }

    /** Two symbols of one bit, said the long way. */
    private static void longCode(Bits bits) {
        // Lengths of lengths, in the order 17 18 0 1: only length 1 occurs, so it costs no bits.
        bits.put(0, 1).put(0, 4).put(0, 3).put(0, 3).put(0, 3).put(1, 3);
        bits.put(1, 1).put(0, 3).put(0, 2);
    }

    /** A literal, and copies of the pixel before as long as they may be. */
    private Bits copies() {
        Bits bits = Bits.lowFirst().put(0, 1).put(0, 1).put(0, 1);
        // Green: 0 or the longest length, prefix 23 and ten extra bits.
        bits.put(1, 1).put(1, 1).put(1, 1).put(0, 8).put(255, 8);
        for (int i = 0; i < 4; i++) {
            one(bits, 0);
        }
        for (long i = 0; i < Math.min(square.pixels(), 3_000_000); i++) {
            bits.put((int) (i & 1), 1);
        }
        return bits;
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(2).nextBytes(noise);
        return noise;
    }

    /** A key frame; the first partition is a tenth of the bytes. */
    private static byte[] lossy(Shape shape, byte[] data) {
        int first = Math.min(data.length / 10, (1 << 19) - 1);
        int tag = first << 5 | 1 << 4;
        return FileBytes.little()
                .u8(tag & 0xff, tag >> 8 & 0xff, tag >> 16 & 0xff, 0x9d, 0x01, 0x2a)
                .u16(shape.width(), shape.height())
                .bytes(data)
                .toBytes();
    }

    private static FileBytes extended(Shape canvas, int flags) {
        long width = canvas.width() - 1L;
        long height = canvas.height() - 1L;
        FileBytes body = FileBytes.little().u32(flags);
        body.u16(width & 0xffff).u8((int) (width >> 16));
        body.u16(height & 0xffff).u8((int) (height >> 16));
        return chunk(FileBytes.little(), "VP8X", body.toBytes());
    }

    private static byte[] alpha() {
        return FileBytes.little().u8(1).bytes(flat(Bits.lowFirst().put(0, 1)).toBytes()).toBytes();
    }

    private static byte[] withAlpha(Shape shape) {
        FileBytes webp = chunk(extended(shape, 0x10), "ALPH", alpha());
        return riff(chunk(webp, "VP8 ", lossy(shape, new byte[300_000])));
    }

    private byte[] flatBody() {
        return losslessBody(square, flat(Bits.lowFirst().put(0, 1)));
    }

    private byte[] pictures(int count) {
        FileBytes webp = extended(square, 0);
        for (int i = 0; i < count; i++) {
            chunk(webp, "VP8L", flatBody());
        }
        return riff(webp);
    }

    private byte[] alphas(int count) {
        Shape shape = Shape.square(pixels / 20);
        FileBytes webp = extended(shape, 0x10);
        for (int i = 0; i < count; i++) {
            chunk(webp, "ALPH", alpha());
        }
        return riff(chunk(webp, "VP8 ", lossy(shape, new byte[100_000])));
    }

    private byte[] frame(Shape shape) {
        long width = shape.width() - 1L;
        long height = shape.height() - 1L;
        FileBytes frame = FileBytes.little().zeros(6);
        frame.u16(width & 0xffff).u8((int) (width >> 16));
        frame.u16(height & 0xffff).u8((int) (height >> 16)).zeros(4);
        byte[] body = losslessBody(shape, flat(Bits.lowFirst().put(0, 1)));
        return chunk(frame, "VP8L", body).toBytes();
    }

    private byte[] frames(int count) {
        FileBytes webp = chunk(extended(square, 2), "ANIM", new byte[6]);
        for (int i = 0; i < count; i++) {
            chunk(webp, "ANMF", frame(square));
        }
        return riff(webp);
    }

    private byte[] smallFrame() {
        FileBytes webp = chunk(extended(square, 2), "ANIM", new byte[6]);
        return riff(chunk(webp, "ANMF", frame(new Shape("", 16, 16))));
    }

    private byte[] profile() {
        FileBytes webp = chunk(extended(square, 0x20), "ICCP", noise(800_000));
        return riff(chunk(webp, "VP8L", flatBody()));
    }

    private byte[] chunks(int count) {
        FileBytes webp = extended(square, 0);
        for (int i = 0; i < count; i++) {
            chunk(webp, "XXXX", new byte[0]);
        }
        return riff(chunk(webp, "VP8L", flatBody()));
    }
}
