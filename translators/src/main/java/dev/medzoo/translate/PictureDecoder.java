package dev.medzoo.translate;

import ai.djl.translate.TranslateException;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a picture file to pixels: JPEG, PNG, TIFF, BMP, GIF (first frame) or WebP, and nothing
 * else, told apart by their first bytes. The pixels are those that Pillow gives, but for lossy
 * WebP, whose coarser colour planes are not smoothed:
 *
 * <ul>
 *   <li>grey stays grey, 16 bits keep the high byte, palettes are resolved, and CMYK becomes RGB by
 *       plain multiplication; embedded colour profiles are not applied;
 *   <li>transparent pixels are blended over white;
 *   <li>the EXIF orientation is applied, and no other metadata is read or kept.
 * </ul>
 *
 * A picture is whole or refused: one whose end is missing never gives pixels. Instances are thread
 * safe; nothing is written to disk.
 */
public final class PictureDecoder {
    /** 50 megapixels: a camera's picture passes, a whole-slide scan does not. */
    public static final long DEFAULT_MAX_PIXELS = 50_000_000;

    /** Grey, RGB or CMYK, and alpha. */
    private static final int MAX_BANDS = 5;

    private final long maxPixels;

    /** A decoder with {@link #DEFAULT_MAX_PIXELS}. */
    public PictureDecoder() {
        this(DEFAULT_MAX_PIXELS);
    }

    /**
     * @param maxPixels width times height up to which a picture is decoded
     */
    public PictureDecoder(long maxPixels) {
        if (maxPixels <= 0) {
            throw new IllegalArgumentException("max pixels: " + maxPixels + " (expected: > 0)");
        }
        this.maxPixels = maxPixels;
    }

    /**
     * Decodes one picture. Its size is read from the header and checked before pixels are decoded.
     *
     * @param bytes of the whole file
     * @throws TranslateException if the bytes are no picture, a part of one, or one too large; the
     *     message says which
     */
    public RgbPicture decode(byte[] bytes) throws TranslateException {
        PictureFormat format = PictureFormat.of(bytes);
        try {
            BareFile file = format.open(bytes);
            RgbPicture picture = read(format, file);
            return Orientation.upright(picture, file.orientation());
        } catch (IOException | RuntimeException e) {
            String fault = isCut(e) ? "truncated " : "broken ";
            throw new TranslateException("picture: " + fault + format + " (" + reason(e) + ")", e);
        } catch (OutOfMemoryError e) {
            throw new TranslateException("picture: " + format + " larger than the free memory", e);
        }
    }

    private RgbPicture read(PictureFormat format, BareFile file)
            throws IOException, TranslateException {
        ImageReader reader = format.reader();
        List<String> warnings = new ArrayList<>();
        try (ImageInputStream stream = file.stream()) {
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            reader.setInput(stream, true, true);
            checkSize(reader);
            RgbPicture picture = file.read(reader);
            for (String warning : warnings) {
                if (file.isDamage(warning)) {
                    throw new TranslateException(
                            "picture: truncated or damaged " + format + " (" + warning + ")");
                }
            }
            return picture;
        } finally {
            reader.dispose();
        }
    }

    private void checkSize(ImageReader reader) throws IOException, TranslateException {
        checkPixels(reader.getWidth(0), reader.getHeight(0));
        checkPixels(reader.getTileWidth(0), reader.getTileHeight(0));
        var type = reader.getRawImageType(0);
        if (type != null && type.getNumBands() > MAX_BANDS) {
            throw new TranslateException(
                    "picture: %d bands (expected: at most %d)"
                            .formatted(type.getNumBands(), MAX_BANDS));
        }
    }

    private void checkPixels(long width, long height) throws TranslateException {
        if (width * height > maxPixels) {
            throw new TranslateException(
                    "picture: %dx%d pixels (expected: at most %d)"
                            .formatted(width, height, maxPixels));
        }
    }

    private static boolean isCut(@Nullable Throwable e) {
        return e != null && (e instanceof EOFException || isCut(e.getCause()));
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
