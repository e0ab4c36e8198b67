package dev.medzoo.benchmarks.pictures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * JPEGs and PNGs that EXIF turns or mirrors, and sides as long as a picture's may be: what comes
 * after the pixels are decoded costs too.
 */
final class HostileTurnings {
    /** On its left side: every row becomes a column. */
    private static final int TURNED = 6;

    private static final int MIRRORED = 2;
    private static final int SIDE_OF_NETWORK = 128;
    private static final int LONGEST_SIDE = 1_000_000;

    private final long pixels;
    private final List<HostilePicture> all = new ArrayList<>();

    HostileTurnings(long pixels) {
        this.pixels = pixels;
    }

    List<HostilePicture> all() {
        Shape square = Shape.square(pixels);
        int side = (int) (pixels / SIDE_OF_NETWORK);
        int longest = (int) Math.min(LONGEST_SIDE, pixels);
        int across = (int) (pixels / longest);
        Shape narrow = new Shape("as wide as the network's input", SIDE_OF_NETWORK, side);
        Shape low = new Shape("as high as the network's input", side, SIDE_OF_NETWORK);
        Shape longRow = new Shape("a row as long as may be", longest, across);
        Shape column = new Shape("a column as long as may be", across, longest);
        for (Shape shape : List.of(narrow, low, longRow, column)) {
            for (int bits : new int[] {1, 8}) {
                String name = "%s, grey of %d bits".formatted(shape.name(), bits);
                int[] grey = {0, bits};
                add("png: " + name, () -> HostilePngs.png(shape, grey, 0, false));
                add("png: " + name + ", turned", () -> turned(shape, grey, TURNED));
            }
        }
        for (int[] kind : new int[][] {{0, 1}, {2, 16}, {3, 8}, {4, 8}, {4, 16}, {6, 16}}) {
            String name = "png: colour %d of %d bits".formatted(kind[0], kind[1]);
            add(name + ", turned", () -> turned(square, kind, TURNED));
            add(name + ", mirrored", () -> turned(square, kind, MIRRORED));
        }
        for (int components : new int[] {1, 3, 4}) {
            for (Shape shape : List.of(square, Shape.wide(pixels), Shape.tall(pixels))) {
                add(
                        "jpeg: plain %d %s, turned".formatted(components, shape.name()),
                        () -> turned(HostileJpegs.plain(shape, components, 0x11)));
            }
        }
        return all;
    }

    private void add(String name, Supplier<byte[]> draw) {
        all.add(new HostilePicture(name, draw));
    }

    private static byte[] turned(Shape shape, int[] kind, int orientation) {
        byte[] png = HostilePngs.png(shape, kind, 4, false);
        FileBytes turned = FileBytes.big().bytes(Arrays.copyOf(png, HostilePngs.FIRST_CHUNK));
        HostilePngs.chunk(turned, "eXIf", exif(orientation));
        return turned.bytes(Arrays.copyOfRange(png, HostilePngs.FIRST_CHUNK, png.length)).toBytes();
    }

    private static byte[] turned(byte[] jpeg) {
        byte[] body = FileBytes.big().text("Exif\0\0").bytes(exif(TURNED)).toBytes();
        return FileBytes.big()
                .u16(0xffd8, 0xffe1, 2L + body.length)
                .bytes(body)
                .bytes(Arrays.copyOfRange(jpeg, 2, jpeg.length))
                .toBytes();
    }

    /** A directory of one tag. */
    private static byte[] exif(int orientation) {
        return FileBytes.big()
                .text("MM")
                .u16(42)
                .u32(8)
                .u16(1)
                .u16(0x112, 3)
                .u32(1)
                .u16(orientation, 0)
                .u32(0)
                .toBytes();
    }
}
