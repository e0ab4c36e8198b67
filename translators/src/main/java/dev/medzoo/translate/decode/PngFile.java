package dev.medzoo.translate.decode;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOException;
import org.jspecify.annotations.Nullable;

/**
 * A PNG file (third edition, section 5). Every chunk's CRC is checked, and the last chunk must be
 * there. Profiles and texts may decompress to any size and are skipped. The only exception is the
 * first text chunk with EXIF, of which 200,000 characters are read.
 */
final class PngFile extends StrippedFile {
    private static final int SIGNATURE_BYTES = 8;
    private static final int FRAME_BYTES = 12;

    /** Costs of decompressing and unfiltering a byte, of a pixel, and of a row. */
    private static final double WORK_OF_BYTE = 0.4;

    private static final double WORK_OF_PIXEL = 0.75;
    private static final double WORK_OF_ROW = 2;

    /** Cost per pixel of comparing with the transparent colour. */
    private static final double WORK_OF_TRANSPARENCY = 0.5;

    /** Cost of blending a pixel over white. */
    private static final double WORK_OF_ALPHA = 0.4;

    /** Extra cost of a sample with fewer significant bits. */
    private static final double WORK_OF_FEWER_BITS = 0.1;

    private final PngHeader header;
    private final PngColours colours;
    private final PngData data;

    private PngFile(PngHeader header, PngColours colours, PngData data, int orientation) {
        super(orientation);
        this.header = header;
        this.colours = colours;
        this.data = data;
    }

    static StrippedFile open(byte[] bytes, Budget budget) throws IOException {
        Chunks chunks = new Chunks(bytes);
        chunks.walk();
        PngHeader header = chunks.header;
        if (header == null) {
            throw new IIOException("no IHDR");
        }
        budget.pixels(header.width(), header.height());
        double pixels = (double) header.width() * header.height();
        budget.work(
                "PNG of %dx%d pixels of %d bits"
                        .formatted(header.width(), header.height(), header.pixelBits()),
                pixels * (WORK_OF_PIXEL + WORK_OF_BYTE * header.pixelBits() / 8)
                        + WORK_OF_ROW * header.height());
        if (header.hasAlpha()) {
            budget.work("PNG with transparent pixels", pixels * WORK_OF_ALPHA);
        } else if (chunks.transparency.length > 0 && chunks.palette.length == 0) {
            budget.work("PNG with a transparent colour", pixels * WORK_OF_TRANSPARENCY);
        }
        PngColours colours = chunks.colours(header);
        if (colours.hasFewerBits()) {
            budget.work(
                    "PNG of fewer significant bits",
                    pixels * header.samples() * WORK_OF_FEWER_BITS);
        }
        return new PngFile(header, colours, chunks.data, chunks.orientation());
    }

    @Override
    RgbPicture read(Budget budget) throws IOException {
        try (data) {
            return new PngRows(header, colours, data, budget).read();
        }
    }

    /** What the chunks hold. */
    private static final class Chunks {
        private final byte[] bytes;
        private final PngData data;
        private @Nullable PngHeader header;
        private byte[] palette = new byte[0];
        private byte[] transparency = new byte[0];
        private byte[] significant = new byte[0];
        private int exif = Exif.NONE;
        private int rawExif = Exif.NONE;

        /** Only the first is read, as reading takes time. */
        private boolean hasRawExif;

        Chunks(byte[] bytes) {
            this.bytes = bytes;
            data = new PngData(bytes);
        }

        void walk() throws IOException {
            int at = SIGNATURE_BYTES;
            boolean ended = false;
            while (!ended) {
                long length = Bytes.big32(bytes, at);
                Bytes.check(bytes, at, length + FRAME_BYTES);
                int chunk = (int) length + FRAME_BYTES;
                checkCrc(at, chunk);
                take(at + 4, (int) length);
                ended = Bytes.has(bytes, at + 4, "IEND");
                at += chunk;
            }
        }

        private void take(int name, int length) throws IOException {
            int body = name + 4;
            if (header == null) {
                if (!Bytes.has(bytes, name, "IHDR")) {
                    throw new IIOException("no IHDR at byte " + SIGNATURE_BYTES);
                }
                header = PngHeader.of(bytes, body, length);
            } else if (Bytes.has(bytes, name, "PLTE")) {
                palette = part(body, length);
            } else if (Bytes.has(bytes, name, "tRNS")) {
                transparency = part(body, length);
            } else if (Bytes.has(bytes, name, "IDAT")) {
                data.add(body, length);
            } else if (Bytes.has(bytes, name, "eXIf")) {
                exif = Exif.orientation(bytes, body, length);
            } else if (Bytes.has(bytes, name, "sBIT")) {
                significant = part(body, length);
            } else if (!hasRawExif && PngRawProfile.isExif(bytes, name)) {
                hasRawExif = true;
                rawExif = PngRawProfile.orientation(bytes, name, length);
            }
        }

        int orientation() {
            int either = exif == Exif.NONE ? rawExif : exif;
            return Math.max(Orientation.UPRIGHT, either);
        }

        private byte[] part(int from, int length) {
            return Arrays.copyOfRange(bytes, from, from + length);
        }

        private void checkCrc(int at, int chunk) throws IOException {
            CRC32 crc = new CRC32();
            crc.update(bytes, at + 4, chunk - 8);
            if (crc.getValue() != Bytes.big32(bytes, at + chunk - 4)) {
                throw new IIOException("damaged chunk at byte " + at);
            }
        }

        PngColours colours(PngHeader header) throws IIOException {
            return PngColours.of(header, palette, transparency, significant);
        }
    }
}
