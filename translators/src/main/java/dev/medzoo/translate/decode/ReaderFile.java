package dev.medzoo.translate.decode;

import java.awt.image.DataBuffer;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** A file decoded by an ImageIO reader. */
class ReaderFile extends StrippedFile {
    /** Grey, RGB or CMYK, and alpha. */
    private static final int MAX_BANDS = 5;

    private static final byte[] NONE = {};

    private final PictureFormat format;

    /** Of the whole file. */
    final byte[] bytes;

    /**
     * @param format whose reader is used
     * @param bytes of the whole file
     */
    ReaderFile(PictureFormat format, byte[] bytes, int orientation) {
        super(orientation);
        this.format = format;
        this.bytes = bytes;
    }

    /** Whether a reader's warning means missing or wrong pixels. */
    boolean isDamage(String warning) {
        // Padding between two JPEG segments is harmless; every other libjpeg warning is not.
        return !warning.toLowerCase(Locale.ROOT).contains("extraneous bytes before marker");
    }

    /** The stream for the reader. */
    BytesStream stream(Budget budget) {
        return new BytesStream(NONE, bytes, NONE, budget);
    }

    /** Decodes the reader's first picture. */
    RgbPicture pixels(ImageReader reader) throws IOException {
        return RgbPicture.of(reader.read(0));
    }

    @Override
    final RgbPicture read(Budget budget) throws IOException {
        ImageReader reader = format.reader();
        Damage damage = new Damage();
        try (ImageInputStream stream = stream(budget)) {
            reader.addIIOReadWarningListener(
                    (source, warning) -> {
                        if (damage.warning == null && isDamage(warning)) {
                            damage.warning = warning;
                            // Further work is useless: partial pictures are never returned.
                            source.abort();
                        }
                    });
            reader.addIIOReadProgressListener(new CancellationListener(budget));
            reader.setInput(stream, true, true);
            check(reader, budget);
            RgbPicture picture = pixels(reader);
            budget.checkWanted();
            if (damage.warning != null) {
                throw new DamagedException(damage.warning);
            }
            return picture;
        } finally {
            reader.dispose();
        }
    }

    private static void check(ImageReader reader, Budget budget) throws IOException {
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        budget.pixels(width, height);
        budget.pixels(reader.getTileWidth(0), reader.getTileHeight(0));
        ImageTypeSpecifier type = reader.getRawImageType(0);
        if (type == null) {
            return;
        }
        if (type.getNumBands() > MAX_BANDS) {
            throw new TooCostlyException(
                    "%d bands (expected: at most %d)".formatted(type.getNumBands(), MAX_BANDS));
        }
        int dataType = type.getSampleModel().getDataType();
        Samples.checkType(dataType);
        int sampleBytes = DataBuffer.getDataTypeSize(dataType) / Byte.SIZE;
        budget.memory(
                "%d samples of %d bytes a pixel".formatted(type.getNumBands(), sampleBytes),
                (3.0 + type.getNumBands() * sampleBytes) * width * height);
    }

    /** Records the reader's first warning. */
    private static final class Damage {
        @Nullable String warning;
    }
}
