package dev.medzoo.benchmarks.pictures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.Deflater;

/** TIFFs: codecs inside, strips and tiles of every number, and directories. */
final class HostileTiffs {
    private static final int LZW = 5;
    private static final int JPEG = 7;
    private static final int DEFLATE = 8;
    private static final int PACK_BITS = 32773;

    private final long pixels;
    private final Shape square;
    private final List<HostilePicture> all = new ArrayList<>();

    HostileTiffs(long pixels) {
        this.pixels = pixels;
        square = Shape.square(pixels);
    }

    List<HostilePicture> all() {
        packed();
        jpegs();
        places();
        directories();
        return all;
    }

    private void add(String trick, Supplier<byte[]> draw) {
        all.add(new HostilePicture("tiff: " + trick, draw));
    }

    private void packed() {
        for (int samples : new int[] {1, 3, 4}) {
            for (int bits : new int[] {1, 2, 4, 8, 16, 32}) {
                String name = "%d samples of %d bits".formatted(samples, bits);
                add("deflated, " + name, () -> one(DEFLATE, samples, bits));
            }
            add("LZW, %d samples".formatted(samples), () -> one(LZW, samples, 8));
            add("packed, %d samples".formatted(samples), () -> one(PACK_BITS, samples, 8));
            add("predicted, %d samples".formatted(samples), () -> predicted(samples));
            add("planes, %d samples".formatted(samples), () -> planes(samples, 2));
        }
        add("one pixel wide", this::narrow);
        add("coarse colours", () -> coarse(1));
        add("coarse colours in planes", () -> coarse(2));
        add("Lab in planes of many strips", () -> planes(3, 8));
        add("five samples", () -> one(DEFLATE, 5, 8));
        add("two hundred samples", () -> one(DEFLATE, 200, 8));
    }

    private void jpegs() {
        for (int scans : new int[] {1, 10, 99, 10_000}) {
            add(
                    "a JPEG of %d scans".formatted(scans),
                    () -> jpeg(square, HostileJpegs.progressive(square, 3, scans)));
        }
        for (int times : new int[] {2, 5, 30}) {
            int side = Math.min(65_000, square.width() * times);
            Shape large = new Shape("large", side, side);
            add(
                    "a JPEG %d times as wide".formatted(times),
                    () -> jpeg(new Shape("", 16, 16), HostileJpegs.progressive(large, 1, 1)));
        }
        add("a JPEG of other components", () -> jpeg(square, HostileJpegs.plain(square, 4, 0x11)));
        add("a JPEG of four inks", this::inks);
        add("a JPEG in every strip", () -> jpegStrips(8, false));
        add("the same JPEG in every strip", () -> jpegStrips(8, true));
        add("a JPEG of a row in every strip", () -> jpegStrips(1, false));
        add("tables that are a picture", this::tables);
        add("the old JPEG", () -> one(6, 3, 8));
        add("segments without number", this::segments);
    }

    private void places() {
        for (int side : new int[] {1, 2, 8, 16, 64}) {
            add("tiles of %d".formatted(side), () -> tiles(square, side));
            add("deflated tiles of %d".formatted(side), () -> deflatedTiles(side));
        }
        add("a strip for every row", () -> rows(square, false));
        add("a strip for every row, the same bytes", () -> rows(square, true));
        add("a strip for every row, tall", () -> rows(Shape.tall(pixels), false));
        add("a tile much larger than the picture", () -> largeTile(pixels, 1));
        add("tiles that the picture hardly touches", () -> largeTile(pixels, 60));
        add("a tile of too many pixels", () -> largeTile(100 * pixels, 1));
        add("no places", () -> TiffBytes.of(square, 1, 3, 8).toBytes());
        add(
                "places beyond the file",
                () -> TiffBytes.of(square, 1, 3, 8).tag(273, 1L << 31).toBytes());
    }

    private void directories() {
        for (int tag : new int[] {330, 700, 33723, 34377, 34665, 34675, 37724, 50341}) {
            add("a million values in tag %d".formatted(tag), () -> values(tag));
        }
        add("a directory that is its own next", this::loop);
        add("sixty thousand tags", () -> manyTags(60_000));
        add("a directory a hundred times below itself", () -> below(1));
        add("a small picture that a hundred follow", () -> below(0));
    }

    /** Of sixty thousand tags, below it a hundred times itself, and after it again. */
    private static byte[] below(int kind) {
        int fillers = 60_000;
        long end = 8 + 2 + 12L * (fillers + 4) + 4;
        FileBytes tiff = FileBytes.little().text("II*\0").u32(8).u16(fillers + 4);
        for (int i = 0; i < fillers; i++) {
            tiff.u16(1, 3).u32(1, 0);
        }
        tiff.u16(254, 4).u32(1, kind).u16(256, 4).u32(1, 16).u16(257, 4).u32(1, 16);
        tiff.u16(330, 4).u32(100, end).u32(8);
        for (int i = 0; i < 100; i++) {
            tiff.u32(8);
        }
        return tiff.toBytes();
    }

    private static byte[] deflate(long zeros) {
        Deflater deflater = new Deflater(9);
        byte[] block = new byte[1 << 16];
        byte[] out = new byte[1 << 16];
        FileBytes packed = FileBytes.big();
        for (long left = Math.min(zeros, 500_000_000); left > 0; left -= block.length) {
            deflater.setInput(block, 0, (int) Math.min(left, block.length));
            while (!deflater.needsInput()) {
                packed.bytes(Arrays.copyOf(out, deflater.deflate(out)));
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            packed.bytes(Arrays.copyOf(out, deflater.deflate(out)));
        }
        deflater.end();
        return packed.toBytes();
    }

    /** As GIF's, but the most significant bit first and a code earlier. */
    private static byte[] lzw(long zeros) {
        Bits bits = Bits.highFirst().put(256, 9).put(0, 9);
        long done = 1;
        int next = 258;
        while (done < zeros) {
            int size = next < 511 ? 9 : next < 1023 ? 10 : next < 2047 ? 11 : 12;
            bits.put(next, size);
            done += next - 256;
            if (++next == 4094) {
                bits.put(256, 12).put(0, 9);
                done++;
                next = 258;
            }
        }
        return bits.put(257, 12).toBytes();
    }

    private static byte[] packBits(long zeros) {
        FileBytes packed = FileBytes.big();
        for (long left = zeros; left > 0; left -= 128) {
            packed.u8(0x81, 0);
        }
        return packed.toBytes();
    }

    private byte[] one(int compression, int samples, int bits) {
        long row = ((long) square.width() * samples * bits + 7) / 8;
        long bytes = row * square.height();
        byte[] packed =
                switch (compression) {
                    case LZW -> lzw(bytes);
                    case PACK_BITS -> packBits(bytes);
                    case DEFLATE -> deflate(bytes);
                    default -> new byte[64];
                };
        return TiffBytes.of(square, compression, samples, bits)
                .tag(278, square.height())
                .strips(1, packed)
                .toBytes();
    }

    private byte[] predicted(int samples) {
        byte[] packed = deflate(square.pixels() * samples);
        return TiffBytes.of(square, DEFLATE, samples, 8)
                .tag(278, square.height())
                .tag(317, 2)
                .strips(1, packed)
                .toBytes();
    }

    private byte[] planes(int samples, int photometric) {
        int rows = photometric == 2 ? square.height() : 8;
        int strips = (square.height() + rows - 1) / rows;
        byte[] packed = deflate((long) square.width() * rows);
        return TiffBytes.of(square, DEFLATE, samples, 8)
                .tag(262, samples == 1 ? 1 : photometric)
                .tag(278, rows)
                .tag(284, 2)
                .strips(samples * strips, packed)
                .toBytes();
    }

    private byte[] narrow() {
        Shape narrow = new Shape("", 1, (int) Math.min(pixels, Integer.MAX_VALUE));
        return TiffBytes.of(narrow, DEFLATE, 1, 8)
                .tag(278, narrow.height())
                .strips(1, deflate(narrow.height()))
                .toBytes();
    }

    private byte[] coarse(int planar) {
        byte[] packed = deflate(square.pixels() * 2);
        return TiffBytes.of(square, DEFLATE, 3, 8)
                .tag(262, 6)
                .tag(278, square.height())
                .tag(284, planar)
                .tag(530, 2, 2)
                .strips(planar == 2 ? 3 : 1, packed)
                .toBytes();
    }

    private static byte[] jpeg(Shape shape, byte[] jpeg) {
        return TiffBytes.of(shape, JPEG, 3, 8)
                .tag(262, 6)
                .tag(278, shape.height())
                .strips(1, jpeg)
                .toBytes();
    }

    private byte[] inks() {
        return TiffBytes.of(square, JPEG, 4, 8)
                .tag(262, 5)
                .tag(278, square.height())
                .strips(1, HostileJpegs.plain(square, 4, 0x11))
                .toBytes();
    }

    private byte[] jpegStrips(int rows, boolean isShared) {
        byte[] jpeg = HostileJpegs.plain(new Shape("", square.width(), rows), 3, 0x11);
        int strips = (square.height() + rows - 1) / rows;
        TiffBytes tiff = TiffBytes.of(square, JPEG, 3, 8).tag(262, 6).tag(278, rows);
        if (!isShared) {
            return tiff.strips(strips, jpeg).toBytes();
        }
        return shared(tiff, strips, jpeg);
    }

    private static byte[] shared(TiffBytes tiff, int strips, byte[] bytes) {
        long[] places = new long[strips];
        long[] lengths = new long[strips];
        Arrays.fill(places, tiff.put(bytes));
        Arrays.fill(lengths, bytes.length);
        return tiff.tag(273, places).tag(279, lengths).toBytes();
    }

    private byte[] tables() {
        Shape small = new Shape("", 16, 16);
        return TiffBytes.of(small, JPEG, 3, 8)
                .tag(262, 6)
                .tag(278, 16)
                .tables(HostileJpegs.progressive(square, 1, 2))
                .strips(1, HostileJpegs.plain(small, 3, 0x11))
                .toBytes();
    }

    private byte[] segments() {
        Shape small = new Shape("", 16, 16);
        FileBytes jpeg = FileBytes.big().u16(0xffd8);
        for (int i = 0; i < 200_000; i++) {
            jpeg.u16(0xfffe, 2);
        }
        byte[] plain = HostileJpegs.plain(small, 3, 0x11);
        jpeg.bytes(Arrays.copyOfRange(plain, 2, plain.length));
        return jpeg(small, jpeg.toBytes());
    }

    private static byte[] tiles(Shape shape, int side) {
        int across = (shape.width() + side - 1) / side;
        int count = Math.min(700_000, across * ((shape.height() + side - 1) / side));
        int used = side == 1 ? 700 : shape.width();
        Shape tiled = new Shape("", used, used);
        return TiffBytes.of(tiled, 1, 1, 8)
                .tag(322, side)
                .tag(323, side)
                .tag(324, new long[count])
                .tag(325, new long[count])
                .toBytes();
    }

    private byte[] deflatedTiles(int side) {
        int across = (square.width() + side - 1) / side;
        byte[] packed = deflate((long) side * side);
        return TiffBytes.of(square, DEFLATE, 1, 8)
                .tag(322, side)
                .tag(323, side)
                .tiles(Math.min(80_000, across * across), packed)
                .toBytes();
    }

    private static byte[] rows(Shape shape, boolean isShared) {
        TiffBytes tiff = TiffBytes.of(shape, DEFLATE, 1, 8).tag(278, 1);
        byte[] packed = deflate(shape.width());
        return isShared
                ? shared(tiff, shape.height(), packed)
                : tiff.strips(shape.height(), packed).toBytes();
    }

    private static byte[] largeTile(long tilePixels, int count) {
        int side = (int) Math.sqrt((double) tilePixels);
        Shape shape = new Shape("", 16, 16 + (count - 1) * side);
        return TiffBytes.of(shape, DEFLATE, 1, 8)
                .tag(322, side)
                .tag(323, side)
                .tiles(count, deflate(Math.min(tilePixels, 50_000_000)))
                .toBytes();
    }

    private static byte[] values(int tag) {
        TiffBytes tiff = TiffBytes.of(new Shape("", 16, 16), 1, 1, 8).tag(278, 16);
        return tiff.strips(1, new byte[256]).tag(tag, new long[220_000]).toBytes();
    }

    private byte[] loop() {
        byte[] tiff = one(DEFLATE, 1, 8);
        // The last four bytes of the directory are where the next one is: here, the same.
        int start = 8 + deflate(square.pixels()).length;
        byte[] place = FileBytes.little().u32(start).toBytes();
        int next = start + 2 + 12 * 9;
        System.arraycopy(place, 0, tiff, Math.min(next, tiff.length - 4), 4);
        return tiff;
    }

    private byte[] manyTags(int count) {
        TiffBytes tiff = TiffBytes.of(square, DEFLATE, 1, 8).tag(278, square.height());
        for (int i = 0; i < count; i++) {
            tiff.tag(1000 + i, i);
        }
        return tiff.strips(1, deflate(square.pixels())).toBytes();
    }
}
