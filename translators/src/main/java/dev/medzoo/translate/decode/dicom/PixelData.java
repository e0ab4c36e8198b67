package dev.medzoo.translate.decode.dicom;

import java.io.IOException;
import javax.imageio.IIOException;

/** Decodes one frame of the pixel data. */
final class PixelData {
    /** Cost of copying a sample, in pixels of a plain JPEG. */
    private static final double WORK_OF_SAMPLE = 0.45;

    private final DataSet set;
    private final Element element;
    private final TransferSyntax syntax;
    private final ImagePixel pixel;
    private final CostLimits limits;

    PixelData(
            DataSet set,
            Element element,
            TransferSyntax syntax,
            ImagePixel pixel,
            CostLimits limits) {
        this.set = set;
        this.element = element;
        this.syntax = syntax;
        this.pixel = pixel;
        this.limits = limits;
    }

    /** Refuses combinations that the transfer syntax does not allow. */
    void check() throws IOException {
        if (element.isUndefined() != syntax.isEncapsulated()) {
            throw new IIOException(
                    "pixel data %s fragments (expected otherwise by %s)"
                            .formatted(element.isUndefined() ? "in" : "without", syntax));
        }
        if (!syntax.allows(pixel.photometric())) {
            throw new UnreadDicomException(
                    "DICOM of %s in %s".formatted(pixel.photometric(), syntax));
        }
        if (syntax.isSequentialJpeg() && pixel.bitsStored() != Byte.SIZE) {
            throw new UnreadDicomException(
                    "DICOM bits stored: %d in %s (expected: 8)"
                            .formatted(pixel.bitsStored(), syntax));
        }
        if (syntax.isCodestream() && pixel.highBit() != pixel.bitsStored() - 1) {
            throw new UnreadDicomException(
                    "DICOM high bit: %d in %s (expected: %d)"
                            .formatted(pixel.highBit(), syntax, pixel.bitsStored() - 1));
        }
    }

    /** Photometric interpretation of the decoded words: RGB after a JPEG or JPEG 2000 decoder. */
    Photometric photometric() {
        boolean isJpeg = syntax.isSequentialJpeg() && pixel.photometric().samples() == 3;
        boolean isRgb = isJpeg || pixel.photometric().isOfJpeg2000();
        return isRgb ? Photometric.RGB : pixel.photometric();
    }

    /**
     * Decodes one frame.
     *
     * @param frame from 1
     * @return unsigned words with the stored bits only, interleaved by pixel
     */
    short[] read(int frame, FrameCodecs codecs) throws IOException {
        limits.work(
                "DICOM of %dx%d pixels".formatted(pixel.columns(), pixel.rows()),
                WORK_OF_SAMPLE * pixel.samples());
        limits.memory("samples of 2 bytes", 2.0 * pixel.samples());
        if (!syntax.isEncapsulated()) {
            long skipped = NativeFrame.bytes(pixel) * (frame - 1);
            return stored(
                    NativeFrame.words(
                            set.bytes(),
                            element.at() + skipped,
                            element.length() - skipped,
                            pixel));
        }
        byte[] bytes = new Fragments(set.bytes(), element, limits).frame(frame, pixel.frames());
        limits.checkWanted();
        return decoded(bytes, codecs);
    }

    private short[] decoded(byte[] bytes, FrameCodecs codecs) throws IOException {
        int width = pixel.columns();
        int height = pixel.rows();
        int samples = pixel.photometric().samples();
        return switch (syntax) {
            case RLE -> stored(Rle.words(bytes, pixel));
            case JPEG_BASELINE, JPEG_EXTENDED -> sequential(bytes, codecs);
            case JPEG_LOSSLESS, JPEG_LOSSLESS_SV1 ->
                    stored(codecs.losslessJpeg(bytes, width, height, samples));
            case JPEG_2000, JPEG_2000_LOSSLESS ->
                    stored(codecs.jpeg2000(bytes, width, height, samples));
            default -> stored(NativeFrame.words(bytes, 0, bytes.length, pixel));
        };
    }

    private short[] sequential(byte[] bytes, FrameCodecs codecs) throws IOException {
        boolean isRgb = pixel.photometric() == Photometric.RGB;
        byte[] rgb =
                codecs.sequentialJpeg(
                        DicomJpegFrame.withColours(bytes, isRgb, pixel.columns(), pixel.rows()),
                        pixel.columns(),
                        pixel.rows());
        int samples = pixel.photometric().samples();
        short[] words = new short[pixel.samples()];
        for (int i = 0; i < words.length; i++) {
            words[i] = (short) (rgb[i * 3 / samples] & 0xff);
        }
        return words;
    }

    /** Extracts the stored bits of each word; other bits may hold an overlay. */
    private short[] stored(short[] words) {
        int shift = pixel.highBit() + 1 - pixel.bitsStored();
        int mask = pixel.mask();
        for (int i = 0; i < words.length; i++) {
            words[i] = (short) ((words[i] & 0xffff) >> shift & mask);
        }
        return words;
    }
}
