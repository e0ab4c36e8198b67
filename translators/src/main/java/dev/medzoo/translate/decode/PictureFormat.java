package dev.medzoo.translate.decode;

import ai.djl.translate.TranslateException;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import dev.medzoo.translate.decode.dicom.DicomFile;
import dev.medzoo.translate.decode.dicom.DicomOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.jspecify.annotations.Nullable;

/**
 * The supported formats. Each knows its first bytes, how to check its file's structure, and the
 * only reader allowed for it, whatever else ImageIO has registered.
 */
enum PictureFormat {
    /** Checked first: the preamble before DICOM's magic may look like any other format. */
    DICOM("DICOM", "") {
        @Override
        boolean begins(byte[] bytes) {
            return DicomFile.begins(bytes);
        }

        @Override
        StrippedFile open(byte[] bytes, Budget budget) throws IOException {
            return open(bytes, PictureOptions.USUAL, budget);
        }

        @Override
        StrippedFile open(byte[] bytes, PictureOptions options, Budget budget) throws IOException {
            int frame = options.frame().orElse(1);
            DicomOptions wanted = new DicomOptions(frame, options.burnedInAllowed());
            return DicomPicture.open(bytes, wanted, budget);
        }
    },
    JPEG("JPEG", "\u00ff\u00d8\u00ff") {
        @Override
        StrippedFile open(byte[] bytes, Budget budget) throws IOException {
            return JpegFile.open(bytes, budget);
        }

        @Override
        ImageReader reader() throws IOException {
            ImageReaderSpi spi = Readers.JPEG;
            if (spi == null) {
                throw new IOException("reader of JPEG is missing from this Java");
            }
            return spi.createReaderInstance();
        }
    },
    PNG("PNG", "\u0089PNG\r\n\u001a\n") {
        @Override
        StrippedFile open(byte[] bytes, Budget budget) throws IOException {
            return PngFile.open(bytes, budget);
        }
    },
    TIFF("TIFF", "II*\0") {
        @Override
        boolean begins(byte[] bytes) {
            return super.begins(bytes) || Bytes.has(bytes, 0, "MM\0*");
        }

        @Override
        StrippedFile open(byte[] bytes, Budget budget) throws IOException {
            return TiffFile.open(bytes, budget);
        }

        @Override
        ImageReader reader() {
            return new TIFFImageReaderSpi().createReaderInstance(null);
        }
    },
    BMP("BMP", "BM") {
        @Override
        StrippedFile open(byte[] bytes, Budget budget) throws IOException {
            return BmpFile.open(bytes, budget);
        }
    },
    GIF("GIF", "GIF8") {
        @Override
        StrippedFile open(byte[] bytes, Budget budget) throws IOException {
            return GifFile.open(bytes, budget);
        }
    },
    WEBP("WebP", "RIFF") {
        @Override
        boolean begins(byte[] bytes) {
            return super.begins(bytes) && Bytes.has(bytes, 8, "WEBP");
        }

        @Override
        StrippedFile open(byte[] bytes, Budget budget) throws IOException {
            return WebpFile.open(bytes, budget);
        }
    };

    private static final String EXPECTED = "(expected: JPEG, PNG, TIFF, BMP, GIF, WebP or DICOM)";

    private final String label;
    private final String start;

    PictureFormat(String label, String start) {
        this.label = label;
        this.start = start;
    }

    /** Recognises a format by its first bytes. */
    static PictureFormat of(byte[] bytes) throws TranslateException {
        if (bytes.length == 0) {
            throw new TranslateException("picture: empty " + EXPECTED);
        }
        for (PictureFormat format : values()) {
            if (format.begins(bytes)) {
                return format;
            }
        }
        Optional<UnreadFormat> unread = UnreadFormat.of(bytes);
        if (unread.isPresent()) {
            throw new TranslateException("picture: " + unread.get() + " " + EXPECTED);
        }
        byte[] start = Arrays.copyOf(bytes, Math.min(8, bytes.length));
        throw new TranslateException(
                "picture: bytes that start with %s %s"
                        .formatted(HexFormat.ofDelimiter(" ").formatHex(start), EXPECTED));
    }

    boolean begins(byte[] bytes) {
        return Bytes.has(bytes, 0, start);
    }

    /** Checks the file's structure before any reader sees it. */
    abstract StrippedFile open(byte[] bytes, Budget budget) throws IOException;

    /**
     * The same for the requested frame.
     *
     * @throws TranslateException if a frame is requested of a format that has only one
     */
    StrippedFile open(byte[] bytes, PictureOptions options, Budget budget)
            throws IOException, TranslateException {
        if (options.frame().isPresent()) {
            throw new TranslateException(
                    "picture: %s frame: %d (expected: none, as frames can be selected in DICOM only)"
                            .formatted(label, options.frame().getAsInt()));
        }
        return open(bytes, budget);
    }

    /** Creates the format's ImageIO reader; the caller disposes of it. */
    ImageReader reader() throws IOException {
        throw new IOException(label + " has no reader");
    }

    @Override
    public String toString() {
        return label;
    }

    /** ImageIO's registry, queried once. */
    private static final class Readers {
        private static final String NAME = "com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi";
        static final @Nullable ImageReaderSpi JPEG = find();

        private static @Nullable ImageReaderSpi find() {
            Iterator<ImageReaderSpi> all =
                    IIORegistry.getDefaultInstance()
                            .getServiceProviders(ImageReaderSpi.class, false);
            while (all.hasNext()) {
                ImageReaderSpi next = all.next();
                if (next.getClass().getName().equals(NAME)) {
                    return next;
                }
            }
            return null;
        }
    }
}
