package dev.medzoo.translate.decode;

import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOException;

/**
 * A WebP file (RFC 9649). Checks its length, and finds its picture and orientation; of an
 * animation, the first frame on its canvas. Other chunks and later frames are never read.
 */
final class WebpFile extends StrippedFile {
    private static final int FIRST_CHUNK = 12;
    private static final int FRAME_HEADER_BYTES = 16;
    private static final int ALPHA_FLAG = 0x10;

    /** Cost of a lossless pixel, beside its transforms. */
    private static final double WORK_OF_LOSSLESS = 1.7;

    private static final double WORK_OF_LOSSY = 2;
    private static final int BYTES_OF_LOSSLESS = 11;
    private static final int BYTES_OF_LOSSY = 6;

    private final byte[] bytes;
    private final Layout layout;

    private WebpFile(byte[] bytes, Layout layout) {
        super(layout.orientation);
        this.bytes = bytes;
        this.layout = layout;
    }

    static StrippedFile open(byte[] bytes, Budget budget) throws IOException {
        Layout layout = new Layout(bytes);
        layout.walk();
        budget.pixels(layout.width, layout.height);
        double pixels = (double) layout.pictureWidth * layout.pictureHeight;
        String what =
                "%s WebP of %dx%d pixels"
                        .formatted(
                                layout.lossless ? "lossless" : "lossy",
                                layout.pictureWidth,
                                layout.pictureHeight);
        budget.pixels(layout.pictureWidth, layout.pictureHeight);
        budget.memory(what, pixels * (layout.lossless ? BYTES_OF_LOSSLESS : BYTES_OF_LOSSY));
        budget.work(what, pixels * (layout.lossless ? WORK_OF_LOSSLESS : WORK_OF_LOSSY));
        if (layout.alpha > 0) {
            budget.work(what, pixels * WORK_OF_LOSSLESS);
        }
        return new WebpFile(bytes, layout);
    }

    @Override
    RgbPicture read(Budget budget) throws IOException {
        RgbPicture picture = layout.lossless ? lossless(budget) : lossy(budget);
        if (picture.width() == layout.width && picture.height() == layout.height) {
            return picture;
        }
        byte[] rgb = new byte[3 * layout.width * layout.height];
        if (layout.hasAlpha) {
            Arrays.fill(rgb, (byte) 255);
        }
        for (int y = 0; y < picture.height(); y++) {
            System.arraycopy(
                    picture.rgb(),
                    3 * y * picture.width(),
                    rgb,
                    3 * ((layout.top + y) * layout.width + layout.left),
                    3 * picture.width());
        }
        return new RgbPicture(layout.width, layout.height, rgb);
    }

    private RgbPicture lossless(Budget budget) throws IOException {
        int width = layout.pictureWidth;
        int height = layout.pictureHeight;
        int[] argb =
                WebpLossless.decode(
                        bytes, layout.picture, layout.pictureBytes, width, height, budget);
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0, to = 0; i < argb.length; i++, to += 3) {
            int alpha = layout.hasAlpha ? argb[i] >>> 24 : 255;
            rgb[to] = WhiteBackground.under(argb[i] >> 16 & 0xff, alpha);
            rgb[to + 1] = WhiteBackground.under(argb[i] >> 8 & 0xff, alpha);
            rgb[to + 2] = WhiteBackground.under(argb[i] & 0xff, alpha);
        }
        return new RgbPicture(width, height, rgb);
    }

    private RgbPicture lossy(Budget budget) throws IOException {
        RgbPicture picture =
                Vp8Frame.decode(
                        bytes,
                        layout.picture,
                        layout.pictureBytes,
                        layout.pictureWidth,
                        layout.pictureHeight,
                        budget);
        if (layout.hasAlpha && layout.alpha > 0) {
            byte[] alpha =
                    WebpAlpha.decode(
                            bytes,
                            layout.alpha,
                            layout.alphaBytes,
                            picture.width(),
                            picture.height(),
                            budget);
            byte[] rgb = picture.rgb();
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] = WhiteBackground.under(rgb[i] & 0xff, alpha[i / 3] & 0xff);
            }
        }
        return picture;
    }

    /** Offsets of the relevant chunks. */
    private static final class Layout {
        private final byte[] bytes;
        private int width;
        private int height;
        private int left;
        private int top;
        private int frameWidth;
        private int frameHeight;
        private boolean extended;
        private boolean hasAlpha;
        private boolean lossless;
        private int picture;
        private int pictureBytes;
        private int pictureWidth;
        private int pictureHeight;
        private int alpha;
        private int alphaBytes;
        private int orientation = Orientation.UPRIGHT;

        Layout(byte[] bytes) {
            this.bytes = bytes;
        }

        void walk() throws IOException {
            long end = Bytes.little32(bytes, 4) + 8;
            Bytes.check(bytes, 0, end);
            int at = FIRST_CHUNK;
            while (at + 8 <= end) {
                long length = Bytes.little32(bytes, at + 4);
                Bytes.check(bytes, at + 8L, length);
                chunk(at, (int) length);
                // The chunks of an animation frame follow the frame's own header.
                boolean frame = Bytes.has(bytes, at, "ANMF");
                at += 8 + (frame ? FRAME_HEADER_BYTES : (int) (length + (length & 1)));
            }
            check();
        }

        private void check() throws IIOException {
            if (picture == 0) {
                throw new IIOException("no picture");
            }
            if (!extended) {
                width = pictureWidth;
                height = pictureHeight;
            }
            boolean isFrame = frameWidth > 0;
            int expectedWidth = isFrame ? frameWidth : width;
            int expectedHeight = isFrame ? frameHeight : height;
            if (pictureWidth != expectedWidth || pictureHeight != expectedHeight) {
                throw new IIOException(
                        "picture of %dx%d in a canvas of %dx%d"
                                .formatted(
                                        pictureWidth,
                                        pictureHeight,
                                        expectedWidth,
                                        expectedHeight));
            }
            if (left + pictureWidth > width || top + pictureHeight > height) {
                throw new IIOException(
                        "frame of %dx%d at (%d, %d) in a canvas of %dx%d"
                                .formatted(pictureWidth, pictureHeight, left, top, width, height));
            }
        }

        private void chunk(int at, int length) throws IOException {
            int body = at + 8;
            if (Bytes.has(bytes, at, "VP8X")) {
                extended = true;
                hasAlpha = (Bytes.at(bytes, body) & ALPHA_FLAG) != 0;
                width = little24(body + 4) + 1;
                height = little24(body + 7) + 1;
            } else if (Bytes.has(bytes, at, "EXIF")) {
                orientation = Math.max(orientation, Exif.orientation(bytes, body, length));
            } else if (picture == 0) {
                pictureChunk(at, body, length);
            }
        }

        private void pictureChunk(int at, int body, int length) throws IOException {
            if (Bytes.has(bytes, at, "ANMF") && frameWidth == 0) {
                left = 2 * little24(body);
                top = 2 * little24(body + 3);
                frameWidth = little24(body + 6) + 1;
                frameHeight = little24(body + 9) + 1;
            } else if (Bytes.has(bytes, at, "ALPH") && alpha == 0) {
                alpha = body;
                alphaBytes = length;
            } else if (Bytes.has(bytes, at, "VP8L")) {
                long sizes = Bytes.little32(bytes, body + 1);
                take(body, length, (sizes & 0x3fff) + 1, (sizes >> 14 & 0x3fff) + 1);
                lossless = true;
                hasAlpha = extended ? hasAlpha : (sizes >> 28 & 1) == 1;
            } else if (Bytes.has(bytes, at, "VP8 ")) {
                long sizes = Bytes.little32(bytes, body + 6);
                take(body, length, sizes & 0x3fff, sizes >> 16 & 0x3fff);
            }
        }

        private void take(int body, int length, long pixelsAcross, long pixelsDown) {
            picture = body;
            pictureBytes = length;
            pictureWidth = (int) pixelsAcross;
            pictureHeight = (int) pixelsDown;
        }

        private int little24(int at) throws IOException {
            return (int) (Bytes.little32(bytes, at) & 0xffffff);
        }
    }
}
