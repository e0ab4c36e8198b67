package dev.medzoo.translate;

import ai.djl.translate.TranslateException;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The formats that are read. Each knows its first bytes, how its file is walked, and the one reader
 * that may see it, whatever else ImageIO has registered.
 */
enum PictureFormat {
    JPEG("JPEG", "\u00ff\u00d8\u00ff") {
        @Override
        BareFile open(byte[] bytes, Budget budget) throws IOException {
            return JpegFile.open(bytes, budget);
        }
    },
    PNG("PNG", "\u0089PNG\r\n\u001a\n") {
        @Override
        BareFile open(byte[] bytes, Budget budget) throws IOException {
            return PngFile.open(bytes, budget);
        }
    },
    TIFF("TIFF", "II*\0") {
        @Override
        boolean begins(byte[] bytes) {
            return super.begins(bytes) || Bytes.has(bytes, 0, "MM\0*");
        }

        @Override
        BareFile open(byte[] bytes, Budget budget) throws IOException {
            return TiffFile.open(bytes, budget);
        }

        @Override
        ImageReader reader() {
            return new TIFFImageReaderSpi().createReaderInstance(null);
        }
    },
    BMP("BMP", "BM") {
        @Override
        BareFile open(byte[] bytes, Budget budget) throws IOException {
            return BmpFile.open(bytes, budget);
        }
    },
    GIF("GIF", "GIF8") {
        @Override
        BareFile open(byte[] bytes, Budget budget) throws IOException {
            return GifFile.open(bytes, budget);
        }
    },
    WEBP("WebP", "RIFF") {
        @Override
        boolean begins(byte[] bytes) {
            return super.begins(bytes) && Bytes.has(bytes, 8, "WEBP");
        }

        @Override
        BareFile open(byte[] bytes, Budget budget) throws IOException {
            return WebpFile.open(bytes, budget);
        }

        @Override
        ImageReader reader() {
            return new WebPImageReaderSpi().createReaderInstance(null);
        }
    };

    private static final String EXPECTED = "(expected: JPEG, PNG, TIFF, BMP, GIF or WebP)";

    private final String label;
    private final String start;

    PictureFormat(String label, String start) {
        this.label = label;
        this.start = start;
    }

    /** The format whose first bytes these are. */
    static PictureFormat of(byte[] bytes) throws TranslateException {
        if (bytes.length == 0) {
            throw new TranslateException("picture: empty " + EXPECTED);
        }
        for (PictureFormat format : values()) {
            if (format.begins(bytes)) {
                return format;
            }
        }
        byte[] start = Arrays.copyOf(bytes, Math.min(8, bytes.length));
        throw new TranslateException(
                "picture: bytes that start with %s %s"
                        .formatted(HexFormat.ofDelimiter(" ").formatHex(start), EXPECTED));
    }

    boolean begins(byte[] bytes) {
        return Bytes.has(bytes, 0, start);
    }

    /** Walks the file's structure, before any reader sees it. */
    abstract BareFile open(byte[] bytes, Budget budget) throws IOException;

    /** The JDK's own reader for this format; the caller disposes of it. */
    ImageReader reader() throws IOException {
        String plugin = name().toLowerCase(Locale.ROOT);
        String name = "com.sun.imageio.plugins." + plugin + "." + name() + "ImageReaderSpi";
        ImageReaderSpi spi = Readers.BY_CLASS_NAME.get(name);
        if (spi == null) {
            throw new IOException("reader " + name + " is missing from this Java");
        }
        return spi.createReaderInstance();
    }

    @Override
    public String toString() {
        return label;
    }

    /** ImageIO's registry, asked once. */
    private static final class Readers {
        static final Map<String, ImageReaderSpi> BY_CLASS_NAME = new HashMap<>();

        static {
            IIORegistry.getDefaultInstance()
                    .getServiceProviders(ImageReaderSpi.class, false)
                    .forEachRemaining(spi -> BY_CLASS_NAME.put(spi.getClass().getName(), spi));
        }
    }
}
