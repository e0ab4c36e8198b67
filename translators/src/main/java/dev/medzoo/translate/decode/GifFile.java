package dev.medzoo.translate.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOException;

/**
 * The first frame of a GIF file (GIF89a) on its canvas. Outside of the frame the canvas is white if
 * the frame has a transparent colour, else the first colour of its palette, as in Pillow. Later
 * frames are never read.
 */
final class GifFile extends StrippedFile {
    private static final int FIRST_BLOCK = 13;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int FRAME = 0x2c;
    private static final int FRAME_BYTES = 10;
    private static final int NOT_TRANSPARENT = -1;

    private final byte[] bytes;
    private int width;
    private int height;
    private int transparent = NOT_TRANSPARENT;
    private int[] frame = new int[4];
    private boolean interlaced;
    private int colourTable = -1;
    private int colours;
    private int data;

    private GifFile(byte[] bytes) {
        super(Orientation.UPRIGHT);
        this.bytes = bytes;
    }

    static StrippedFile open(byte[] bytes, Budget budget) throws IOException {
        GifFile file = new GifFile(bytes);
        file.open();
        budget.pixels(file.width, file.height);
        budget.work(
                "GIF of %dx%d pixels".formatted(file.width, file.height),
                (double) file.width * file.height);
        return file;
    }

    private void open() throws IOException {
        width = little16(6);
        height = little16(8);
        int at = FIRST_BLOCK + takeColourTable(Bytes.at(bytes, 10), FIRST_BLOCK);
        while (Bytes.at(bytes, at) == EXTENSION) {
            boolean isControl = Bytes.at(bytes, at + 1) == GRAPHIC_CONTROL;
            if (isControl && Bytes.at(bytes, at + 2) >= 4 && (Bytes.at(bytes, at + 3) & 1) == 1) {
                transparent = Bytes.at(bytes, at + 6);
            }
            at = afterBlocks(at + 2);
        }
        if (bytes[at] != FRAME) {
            throw new IIOException(
                    "block %d at byte %d (expected: a frame)".formatted(bytes[at], at));
        }
        frame = new int[] {little16(at + 1), little16(at + 3), little16(at + 5), little16(at + 7)};
        int flags = Bytes.at(bytes, at + 9);
        interlaced = (flags & 0x40) != 0;
        data = at + FRAME_BYTES + takeColourTable(flags, at + FRAME_BYTES);
        if (frame[2] == 0 || frame[3] == 0) {
            throw new IIOException("frame of %dx%d".formatted(frame[2], frame[3]));
        }
        width = Math.max(width, frame[0] + frame[2]);
        height = Math.max(height, frame[1] + frame[3]);
    }

    private int takeColourTable(int flags, int at) throws IOException {
        if ((flags & 0x80) == 0) {
            return 0;
        }
        colourTable = at;
        colours = 2 << (flags & 7);
        Bytes.check(bytes, at, 3L * colours);
        return 3 * colours;
    }

    private int afterBlocks(int first) throws IOException {
        int at = first;
        while (Bytes.at(bytes, at) > 0) {
            at += 1 + Bytes.at(bytes, at);
        }
        return at + 1;
    }

    private int little16(int at) throws IOException {
        return Bytes.at(bytes, at) | Bytes.at(bytes, at + 1) << 8;
    }

    @Override
    RgbPicture read(Budget budget) throws IOException {
        byte[] palette = palette();
        byte[] rgb = new byte[3 * width * height];
        boolean isCovered = frame[2] == width && frame[3] == height;
        if (!isCovered) {
            int outside = 3 * Math.max(0, transparent);
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] = palette[outside + i % 3];
            }
        }
        GifRows rows = new GifRows(frame, interlaced, width, palette, rgb, budget);
        new GifCodes(packed(), Bytes.at(bytes, data)).unpack(rows);
        return new RgbPicture(width, height, rgb);
    }

    /** Three bytes for each of 256 indices; missing entries are grey. */
    private byte[] palette() {
        byte[] palette = new byte[3 * 256];
        for (int i = 0; i < 256; i++) {
            Arrays.fill(palette, 3 * i, 3 * i + 3, (byte) i);
        }
        if (colourTable >= 0) {
            System.arraycopy(bytes, colourTable, palette, 0, 3 * colours);
        }
        if (transparent != NOT_TRANSPARENT) {
            Arrays.fill(palette, 3 * transparent, 3 * transparent + 3, (byte) 255);
        }
        return palette;
    }

    /** The available bytes of the frame's blocks; decompression reports missing ones. */
    private byte[] packed() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        int at = data + 1;
        while (at < bytes.length && bytes[at] != 0) {
            int length = Math.min(bytes[at] & 0xff, bytes.length - at - 1);
            packed.write(bytes, at + 1, length);
            at += 1 + length;
        }
        return packed.toByteArray();
    }
}
