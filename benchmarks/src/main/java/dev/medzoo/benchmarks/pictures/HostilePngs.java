package dev.medzoo.benchmarks.pictures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** PNGs whose rows pack a thousand to one. */
final class HostilePngs {
    private static final int[][] KINDS = {
        {0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 1}, {3, 2}, {3, 4}, {3, 8},
        {4, 8}, {4, 16}, {6, 8}, {6, 16}
    };

    /** After its signature and header. */
    static final int FIRST_CHUNK = 8 + 25;

    private static final int[] SAMPLES = {1, 0, 3, 1, 2, 0, 4};

    private final long pixels;
    private final List<HostilePicture> all = new ArrayList<>();

    HostilePngs(long pixels) {
        this.pixels = pixels;
    }

    List<HostilePicture> all() {
        Shape square = Shape.square(pixels);
        for (int[] kind : KINDS) {
            String name = "colour %d of %d bits".formatted(kind[0], kind[1]);
            add(name + ", Paeth", () -> png(square, kind, 4, false));
            add(name + ", interlaced", () -> png(square, kind, 1, true));
            if (kind[0] != 3 && kind[1] >= 8) {
                add(name + ", most of them significant", () -> significant(square, kind));
            }
        }
        int[] rgba = {6, 16};
        int[] bit = {0, 1};
        add("one pixel wide", () -> png(new Shape("line", 1, (int) pixels), bit, 0, false));
        add("one pixel high", () -> png(new Shape("line", (int) pixels, 1), bit, 0, false));
        add("two wide, interlaced", () -> png(new Shape("", 2, (int) pixels / 2), bit, 0, true));
        add("averages", () -> png(square, rgba, 3, false));
        add("tall", () -> png(Shape.tall(pixels), rgba, 4, false));
        add("wide", () -> png(Shape.wide(pixels), rgba, 4, false));
        add("no data", () -> file(square, rgba, false, List.of(new byte[0])));
        add("much more data than rows", () -> more(square));
        add("a chunk for every byte", () -> scattered(square));
        add("a million empty chunks", () -> empty(square));
        add("profile bomb", () -> bomb(square, "iCCP", "p\0\0"));
        add("text bomb", () -> bomb(square, "zTXt", "Raw profile type exif\0\0"));
        add("four thousand text bombs", () -> bombs(square));
        add("international text bomb", () -> bomb(square, "iTXt", "XML\0\1\0\0\0"));
        add("a million palettes", () -> palettes(square));
        return all;
    }

    private void add(String trick, Supplier<byte[]> draw) {
        all.add(new HostilePicture("png: " + trick, draw));
    }

    /** Samples that say they have fewer bits, and may lie in the low ones to the last. */
    private static byte[] significant(Shape shape, int[] kind) {
        byte[] bits = new byte[SAMPLES[kind[0]]];
        Arrays.fill(bits, (byte) (kind[1] - 2));
        byte[] plain = png(shape, kind, 4, false);
        FileBytes png = FileBytes.big().bytes(Arrays.copyOf(plain, FIRST_CHUNK));
        chunk(png, "sBIT", bits);
        return png.bytes(Arrays.copyOfRange(plain, FIRST_CHUNK, plain.length)).toBytes();
    }

    static byte[] png(Shape shape, int[] kind, int filter, boolean interlaced) {
        long bits = (long) SAMPLES[kind[0]] * kind[1];
        if (!interlaced) {
            return file(
                    shape,
                    kind,
                    false,
                    List.of(rows(shape.width() * bits, shape.height(), filter)));
        }
        int[][] passes = {
            {0, 0, 8, 8},
            {4, 0, 8, 8},
            {0, 4, 4, 8},
            {2, 0, 4, 4},
            {0, 2, 2, 4},
            {1, 0, 2, 2},
            {0, 1, 1, 2}
        };
        Deflater deflater = new Deflater(9);
        FileBytes packed = FileBytes.big();
        for (int[] pass : passes) {
            long columns = (shape.width() - pass[0] + pass[2] - 1L) / pass[2];
            long rows = (shape.height() - pass[1] + pass[3] - 1L) / pass[3];
            if (columns > 0 && rows > 0) {
                deflate(deflater, packed, columns * bits, rows, filter);
            }
        }
        return file(shape, kind, true, List.of(finish(deflater, packed)));
    }

    private static byte[] rows(long rowBits, long rows, int filter) {
        Deflater deflater = new Deflater(9);
        FileBytes packed = FileBytes.big();
        deflate(deflater, packed, rowBits, rows, filter);
        return finish(deflater, packed);
    }

    private static void deflate(
            Deflater deflater, FileBytes packed, long rowBits, long rows, int filter) {
        byte[] row = new byte[Math.toIntExact(1 + (rowBits + 7) / 8)];
        row[0] = (byte) filter;
        int together = (int) Math.max(1, Math.min(rows, 100_000 / row.length));
        byte[] block = new byte[together * row.length];
        for (int i = 0; i < together; i++) {
            System.arraycopy(row, 0, block, i * row.length, row.length);
        }
        byte[] out = new byte[1 << 16];
        for (long i = 0; i < rows; i += together) {
            int count = (int) Math.min(together, rows - i);
            deflater.setInput(block, 0, count * row.length);
            while (!deflater.needsInput()) {
                packed.bytes(Arrays.copyOf(out, deflater.deflate(out)));
            }
        }
    }

    private static byte[] finish(Deflater deflater, FileBytes packed) {
        byte[] out = new byte[1 << 16];
        deflater.finish();
        while (!deflater.finished()) {
            packed.bytes(Arrays.copyOf(out, deflater.deflate(out)));
        }
        deflater.end();
        return packed.toBytes();
    }

    private static byte[] file(Shape shape, int[] kind, boolean interlaced, List<byte[]> data) {
        FileBytes png = begin(shape, kind, interlaced);
        data.forEach(each -> chunk(png, "IDAT", each));
        return chunk(png, "IEND", new byte[0]).toBytes();
    }

    private static FileBytes begin(Shape shape, int[] kind, boolean interlaced) {
        FileBytes header = FileBytes.big().u32(shape.width(), shape.height());
        header.u8(kind[1], kind[0], 0, 0, interlaced ? 1 : 0);
        FileBytes png = FileBytes.big().text("\u0089PNG\r\n\u001a\n");
        chunk(png, "IHDR", header.toBytes());
        if (kind[0] == 3) {
            chunk(png, "PLTE", new byte[3 << kind[1]]);
            chunk(png, "tRNS", new byte[1 << kind[1]]);
        } else if (kind[0] == 0 || kind[0] == 2) {
            chunk(png, "tRNS", new byte[kind[0] == 0 ? 2 : 6]);
        }
        return png;
    }

    static FileBytes chunk(FileBytes png, String name, byte[] body) {
        byte[] named = FileBytes.big().text(name).bytes(body).toBytes();
        CRC32 crc = new CRC32();
        crc.update(named);
        return png.u32(body.length).bytes(named).u32(crc.getValue());
    }

    private static byte[] more(Shape shape) {
        byte[] data = rows(1_000_000L * 8, 900, 0);
        return file(
                new Shape("small", 64, shape.height() / 64),
                new int[] {2, 8},
                false,
                List.of(data));
    }

    private static byte[] scattered(Shape shape) {
        byte[] data = rows(shape.width() * 8L, shape.height(), 4);
        List<byte[]> parts = new ArrayList<>();
        for (byte each : data) {
            parts.add(new byte[] {each});
        }
        return file(shape, new int[] {0, 8}, false, parts);
    }

    private static byte[] empty(Shape shape) {
        FileBytes png = begin(shape, new int[] {0, 8}, false);
        for (int i = 0; i < 80_000; i++) {
            chunk(png, "IDAT", new byte[0]);
        }
        chunk(png, "IDAT", rows(shape.width() * 8L, shape.height(), 4));
        return chunk(png, "IEND", new byte[0]).toBytes();
    }

    private static byte[] bomb(Shape shape, String name, String start) {
        FileBytes png = begin(shape, new int[] {0, 8}, false);
        chunk(png, name, FileBytes.big().text(start).bytes(Bomb.DATA).toBytes());
        chunk(png, "IDAT", rows(shape.width() * 8L, shape.height(), 4));
        return chunk(png, "IEND", new byte[0]).toBytes();
    }

    /** 500 million bytes, packed once, as that takes a second. */
    private static final class Bomb {
        static final byte[] DATA = rows(1_000_000L * 8, 500, 0);
    }

    private static byte[] bombs(Shape shape) {
        FileBytes png = begin(shape, new int[] {0, 8}, false);
        byte[] text = FileBytes.big().text("\n\n" + "0".repeat(200_000)).toBytes();
        FileBytes chunk = FileBytes.big().text("Raw profile type exif\0\0");
        byte[] body = chunk.deflated(text, false).toBytes();
        for (int i = 0; i < 4000; i++) {
            chunk(png, "zTXt", body);
        }
        chunk(png, "IDAT", rows(shape.width() * 8L, shape.height(), 4));
        return chunk(png, "IEND", new byte[0]).toBytes();
    }

    private static byte[] palettes(Shape shape) {
        FileBytes png = begin(shape, new int[] {3, 8}, false);
        for (int i = 0; i < 1000; i++) {
            chunk(png, "PLTE", new byte[3 * 256]);
        }
        chunk(png, "IDAT", rows(shape.width() * 8L, shape.height(), 4));
        return chunk(png, "IEND", new byte[0]).toBytes();
    }
}
