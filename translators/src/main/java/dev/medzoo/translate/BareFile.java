package dev.medzoo.translate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture file that has been walked once: it is whole as far as its structure tells, what is not
 * pixels has been taken out, and of the metadata only the orientation is left.
 */
class BareFile {
    private final byte[] bytes;
    private final int orientation;

    /**
     * @param bytes what a reader shall see
     * @param orientation of EXIF, 1 to 8
     */
    BareFile(byte[] bytes, int orientation) {
        this.bytes = bytes;
        this.orientation = orientation;
    }

    final int orientation() {
        return orientation;
    }

    /** The bytes for a reader; never a file on disk. */
    final ImageInputStream stream() {
        return new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
    }

    /** Whether what the reader warns of means that pixels are missing or wrong. */
    boolean isDamage(String warning) {
        // Padding between two segments of a JPEG is harmless; nothing else that libjpeg says is.
        return !warning.toLowerCase(Locale.ROOT).contains("extraneous bytes before marker");
    }

    /** The first picture that the reader finds in {@link #stream}, before any turning. */
    RgbPicture read(ImageReader reader) throws IOException {
        return RgbPicture.of(reader.read(0));
    }
}
