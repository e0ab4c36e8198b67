package dev.medzoo.benchmarks.pictures;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** DICOM files whose few bytes stand for many, in every transfer syntax that is read. */
final class HostileDicoms {
    private static final String NATIVE = "1.2.840.10008.1.2.1";
    private static final String DEFLATED = "1.2.840.10008.1.2.1.99";
    private static final String RLE = "1.2.840.10008.1.2.5";
    private static final String JPEG = "1.2.840.10008.1.2.4.50";
    private static final String LOSSLESS = "1.2.840.10008.1.2.4.70";
    private static final String JPEG_2000 = "1.2.840.10008.1.2.4.91";

    private static final int ITEM = 0xe000;
    private static final int ITEM_END = 0xe00d;
    private static final int END = 0xe0dd;
    private static final int UNKNOWN = 0xffffffff;

    private final long pixels;
    private final List<HostilePicture> all = new ArrayList<>();

    HostileDicoms(long pixels) {
        this.pixels = pixels;
    }

    List<HostilePicture> all() {
        Shape square = Shape.square(pixels);
        Shape small = new Shape("small", 64, 64);
        for (Shape shape : List.of(square, Shape.tall(pixels), Shape.wide(pixels))) {
            String name = ", " + shape.name();
            add("no pixels" + name, () -> plain(head(shape, 1, 8), new byte[0]));
            add("deflated grey" + name, () -> deflated(head(shape, 1, 8), shape.pixels()));
            add("deflated 16 bits" + name, () -> deflated(head(shape, 1, 16), 2 * shape.pixels()));
            add("deflated colours" + name, () -> deflated(head(shape, 3, 8), 3 * shape.pixels()));
            add("runs" + name, () -> packed(RLE, head(shape, 1, 8), runs(shape, 1)));
            add("runs of colours" + name, () -> packed(RLE, head(shape, 3, 8), runs(shape, 3)));
            add("JPEG" + name, () -> jpeg(shape, HostileJpegs.plain(shape, 3, 0x22)));
            add(
                    "lossless JPEG" + name,
                    () -> packed(LOSSLESS, head(shape, 1, 16), lossless(shape)));
        }
        add("narrow", () -> deflated(head(new Shape("narrow", 1, 65_535), 1, 8), 65_535));
        add("a larger JPEG", () -> jpeg(small, HostileJpegs.plain(square, 3, 0x11)));
        add("99 scans", () -> jpeg(square, HostileJpegs.progressive(square, 3, 99)));
        add("runs of nothing", () -> packed(RLE, head(small, 1, 8), noRuns()));
        add("elements", () -> deflated(elements(small), small.pixels()));
        add("sequences", () -> deflated(sequences(small), small.pixels()));
        add("fragments", () -> fragments(small));
        add("frames", () -> deflated(head(small, 1, 8).bytes(frames()), pixels));
        add("tiles of a pixel", () -> jpeg2000(new Shape("tiles", 255, 257), 1, 65_535, 1, 0, 1));
        add("parts of a tile", () -> jpeg2000(small, 64, 1, 240, 0, 1));
        add("parts of tiles", () -> jpeg2000(new Shape("parts", 160, 160), 10, 256, 240, 0, 1));
        add("levels", () -> jpeg2000(small, 2, 1024, 1, 32, 1));
        add("layers", () -> jpeg2000(new Shape("layers", 1024, 1024), 1024, 1, 1, 5, 65_535));
        add("an empty JPEG 2000", () -> jpeg2000(square, square.width(), 1, 1, 5, 1));
        return all;
    }

    private void add(String trick, Supplier<byte[]> draw) {
        all.add(new HostilePicture("dicom: " + trick, draw));
    }

    private static FileBytes element(
            FileBytes file, int group, int tag, String type, byte[] value) {
        return file.u16(group, tag).text(type).u16(value.length).bytes(value);
    }

    private static FileBytes number(FileBytes file, int tag, int value) {
        return element(file, 0x28, tag, "US", FileBytes.little().u16(value).toBytes());
    }

    private static byte[] text(String text) {
        String even = text.length() % 2 == 0 ? text : text + " ";
        return FileBytes.little().text(even).toBytes();
    }

    /** What comes before the pixels; colours are YCbCr. */
    private static FileBytes head(Shape shape, int samples, int bits) {
        FileBytes head = number(FileBytes.little(), 2, samples);
        element(head, 0x28, 4, "CS", text(samples == 1 ? "MONOCHROME2" : "YBR_FULL"));
        number(head, 6, 0);
        number(head, 0x10, shape.height());
        number(head, 0x11, shape.width());
        number(head, 0x100, bits);
        number(head, 0x101, bits);
        number(head, 0x102, bits - 1);
        return number(head, 0x103, 0);
    }

    private static byte[] frames() {
        return element(FileBytes.little(), 0x28, 8, "IS", text("2147483647")).toBytes();
    }

    private static FileBytes elements(Shape shape) {
        FileBytes head = head(shape, 1, 8);
        for (int i = 0; i < 1_000_000; i++) {
            element(head, 0x29, 1, "US", new byte[2]);
        }
        return head;
    }

    private static FileBytes sequences(Shape shape) {
        FileBytes head = head(shape, 1, 8);
        for (int i = 0; i < 300_000; i++) {
            head.u16(0x29, 1).text("SQ").u16(0).u32(UNKNOWN);
            item(head, ITEM, UNKNOWN);
            item(head, ITEM_END, 0);
            item(head, END, 0);
        }
        return head;
    }

    private static FileBytes item(FileBytes file, int tag, int length) {
        return file.u16(0xfffe, tag).u32(length);
    }

    private static byte[] file(String syntax, byte[] dataSet) {
        String even = syntax.length() % 2 == 0 ? syntax : syntax + "\0";
        FileBytes file = FileBytes.little().zeros(128).text("DICM");
        return element(file, 2, 0x10, "UI", text(even)).bytes(dataSet).toBytes();
    }

    private static byte[] stored(FileBytes head, byte[] samples) {
        return head.u16(0x7fe0, 0x10)
                .text("OW")
                .u16(0)
                .u32(samples.length)
                .bytes(samples)
                .toBytes();
    }

    private static byte[] plain(FileBytes head, byte[] samples) {
        return file(NATIVE, stored(head, samples));
    }

    private static byte[] deflated(FileBytes head, long bytes) {
        byte[] dataSet = stored(head, new byte[Math.toIntExact(bytes + bytes % 2)]);
        return file(DEFLATED, FileBytes.little().deflated(dataSet, true).toBytes());
    }

    private static FileBytes encapsulated(FileBytes head) {
        return item(head.u16(0x7fe0, 0x10).text("OB").u16(0).u32(UNKNOWN), ITEM, 0);
    }

    private static byte[] packed(String syntax, FileBytes head, byte[] frame) {
        int odd = frame.length % 2;
        FileBytes dataSet = item(encapsulated(head), ITEM, frame.length + odd).bytes(frame);
        return file(syntax, item(dataSet.zeros(odd), END, 0).toBytes());
    }

    private static byte[] fragments(Shape shape) {
        FileBytes dataSet = encapsulated(head(shape, 1, 8));
        for (int i = 0; i < 100_000; i++) {
            item(dataSet, ITEM, 0);
        }
        return file(RLE, item(dataSet, END, 0).toBytes());
    }

    /** Runs of 128 zeros. */
    private static byte[] runs(Shape shape, int segments) {
        FileBytes segment = FileBytes.little();
        for (long done = 0; done < shape.pixels(); done += 128) {
            segment.u8(129, 0);
        }
        byte[] bytes = segment.toBytes();
        FileBytes frame = rle(segments, bytes.length);
        for (int i = 0; i < segments; i++) {
            frame.bytes(bytes);
        }
        return frame.toBytes();
    }

    private static FileBytes rle(int segments, int length) {
        FileBytes header = FileBytes.little().u32(segments);
        for (int i = 0; i < 15; i++) {
            header.u32(i < segments ? 64 + (long) i * length : 0);
        }
        return header;
    }

    private static byte[] noRuns() {
        FileBytes segment = rle(1, 0);
        for (int i = 0; i < 900_000; i++) {
            segment.u8(128);
        }
        return segment.toBytes();
    }

    private static byte[] jpeg(Shape shape, byte[] jpeg) {
        return packed(JPEG, head(shape, 3, 8), jpeg);
    }

    private static FileBytes segment(FileBytes file, int marker, FileBytes body) {
        return file.u16(marker, body.size() + 2).bytes(body.toBytes());
    }

    /** Every difference is zero, in a code of one bit. */
    private static byte[] lossless(Shape shape) {
        FileBytes code = FileBytes.big().u8(0, 1).zeros(15).u8(0);
        FileBytes frame =
                FileBytes.big().u8(16).u16(shape.height(), shape.width()).u8(1, 1, 0x11, 0);
        FileBytes jpeg = segment(FileBytes.big().u16(0xffd8), 0xffc4, code);
        segment(segment(jpeg, 0xffc3, frame), 0xffda, FileBytes.big().u8(1, 1, 0, 1, 0, 0));
        return jpeg.zeros(shape.pixels() / 8 + 1).u16(0xffd9).toBytes();
    }

    private static byte[] jpeg2000(
            Shape shape, int tileSide, int tiles, int parts, int levels, int layers) {
        FileBytes size =
                FileBytes.big()
                        .u16(0)
                        .u32(shape.width(), shape.height(), 0, 0, tileSide, tileSide, 0, 0)
                        .u16(1)
                        .u8(7, 1, 1);
        FileBytes coding = FileBytes.big().u8(0, 0).u16(layers).u8(0, levels, 4, 4, 0, 1);
        FileBytes quantisation = FileBytes.big().u8(0x40);
        for (int i = 0; i < 3 * levels + 1; i++) {
            quantisation.u8(0x40);
        }
        FileBytes stream = segment(FileBytes.big().u16(0xff4f), 0xff51, size);
        segment(segment(stream, 0xff52, coding), 0xff5c, quantisation);
        byte[] body = new byte[Math.min(4096, (levels + 1) * layers)];
        for (int part = 0; part < parts; part++) {
            for (int tile = 0; tile < tiles; tile++) {
                stream.u16(0xff90, 10, tile).u32(14L + body.length).u8(part, parts);
                stream.u16(0xff93).bytes(body);
            }
        }
        return packed(JPEG_2000, head(shape, 1, 8), stream.u16(0xffd9).toBytes());
    }
}
