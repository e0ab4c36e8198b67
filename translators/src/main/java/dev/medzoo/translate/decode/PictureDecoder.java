package dev.medzoo.translate.decode;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.dicom.DicomFile;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.decode.dicom.UnreadDicomException;
import java.io.EOFException;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a picture file to pixels: JPEG, PNG, TIFF, BMP, GIF (first frame), WebP or DICOM (see
 * {@link DicomFile}). The format is recognised by its first bytes, and all others are refused. For
 * all but DICOM the pixels equal Pillow's:
 *
 * <ul>
 *   <li>grey stays grey, 16 bits keep the high byte, palettes are resolved, and CMYK becomes RGB by
 *       plain multiplication; embedded colour profiles are not applied;
 *   <li>transparent pixels are blended over white;
 *   <li>the EXIF orientation is applied, and no other metadata is read or kept.
 * </ul>
 *
 * A truncated picture is refused: it never gives partial pixels. Instances are thread safe; nothing
 * is written to disk.
 */
public final class PictureDecoder {
    /** 50 megapixels: a camera's picture passes, a whole-slide scan does not. */
    public static final long DEFAULT_MAX_PIXELS = 50_000_000;

    /** 2 megapixels: a JPEG this large may be decoded at a fraction of its size. */
    public static final long LARGE_PIXELS = 2_000_000;

    private final long maxPixels;

    /** Creates a decoder with {@link #DEFAULT_MAX_PIXELS}. */
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
     * Decodes one picture without cancellation, as {@link #decode(byte[], BooleanSupplier)}.
     *
     * @throws TranslateException as there
     */
    public RgbPicture decode(byte[] bytes) throws TranslateException {
        return decode(bytes, () -> true);
    }

    /**
     * Decodes one picture. Its cost is read from the headers and checked before pixels are decoded.
     * It may cost at most twice as much as a plain JPEG with the maximum number of pixels, or 3.5
     * times as much in a file of a megabyte or more.
     *
     * @param bytes of the whole file
     * @param isWanted polled during decoding, on the decoding thread; once it is false, decoding is
     *     cancelled
     * @throws TranslateException if the bytes are no picture, truncated or too costly, or if
     *     decoding is cancelled; the message says which
     */
    public RgbPicture decode(byte[] bytes, BooleanSupplier isWanted) throws TranslateException {
        return decode(bytes, PictureOptions.USUAL, isWanted);
    }

    /**
     * Decodes one picture as {@link #decode(byte[], BooleanSupplier)}.
     *
     * @param options which frame, and whether one with burned-in annotation
     * @throws TranslateException as there, and if the file has no such frame
     */
    public RgbPicture decode(byte[] bytes, PictureOptions options, BooleanSupplier isWanted)
            throws TranslateException {
        return read(
                bytes,
                options,
                isWanted,
                (file, budget) -> Orientation.upright(file.read(budget), file.orientation()));
    }

    /**
     * Decodes one picture that will be shrunk. A JPEG of at least {@link #LARGE_PIXELS} that is
     * needed far smaller is decoded at a half, a quarter or an eighth of its size. Every other
     * picture is decoded as by {@link #decode(byte[], PictureOptions, BooleanSupplier)}. Scans of a
     * progressive JPEG that this size does not need are skipped, so damage in them goes unnoticed.
     *
     * @param options which frame, and whether one with burned-in annotation
     * @param isWanted as for {@link #decode(byte[], BooleanSupplier)}
     * @throws TranslateException as {@link #decode(byte[], PictureOptions, BooleanSupplier)}
     */
    public CoarsePicture decode(
            byte[] bytes, PictureOptions options, DownscaleHint shrinking, BooleanSupplier isWanted)
            throws TranslateException {
        return read(
                bytes,
                options,
                isWanted,
                (file, budget) -> file.read(shrinking, budget).upright(file.orientation()));
    }

    /**
     * Reads the identifiers of a DICOM file's instance and patient, for an object derived from it.
     * No pixel is decoded, but the transfer syntax must be a supported one.
     *
     * @param bytes of the whole file
     * @throws TranslateException if it is no DICOM file, a part of one, one that costs too much, or
     *     one without the identifiers of its instance, series or study; the message says which
     */
    public SourceInstance source(byte[] bytes) throws TranslateException {
        PictureFormat format = PictureFormat.of(bytes);
        if (format != PictureFormat.DICOM) {
            throw new TranslateException("picture: " + format + " (expected: DICOM)");
        }
        return read(bytes, format, () -> true, budget -> DicomPicture.source(bytes, budget));
    }

    /** Decodes the pixels of a file whose structure has been checked. */
    private interface Pixels<T> {
        T read(StrippedFile file, Budget budget) throws IOException;
    }

    /** Reads a part of a file. */
    interface Part<T> {
        T read(Budget budget) throws IOException, TranslateException;
    }

    private <T> T read(
            byte[] bytes, PictureOptions options, BooleanSupplier isWanted, Pixels<T> pixels)
            throws TranslateException {
        PictureFormat format = PictureFormat.of(bytes);
        return read(
                bytes,
                format,
                isWanted,
                budget -> {
                    StrippedFile file = format.open(bytes, options, budget);
                    if (file.orientation() != Orientation.UPRIGHT) {
                        budget.turning();
                    }
                    return pixels.read(file, budget);
                });
    }

    private <T> T read(byte[] bytes, PictureFormat format, BooleanSupplier isWanted, Part<T> part)
            throws TranslateException {
        return read(new Budget(maxPixels, bytes.length, isWanted), format.toString(), part);
    }

    /**
     * Reads a part of a file and turns every failure into one that a caller can show.
     *
     * @param format its name, for messages
     */
    static <T> T read(Budget budget, String format, Part<T> part) throws TranslateException {
        try {
            return part.read(budget);
        } catch (TooCostlyException | DecodingCancelledException | UnreadDicomException e) {
            throw new TranslateException("picture: " + e.getMessage(), e);
        } catch (DamagedException e) {
            throw new TranslateException(
                    "picture: truncated or damaged " + format + " (" + e.getMessage() + ")", e);
        } catch (IOException | RuntimeException e) {
            throw unreadable(format, e);
        } catch (OutOfMemoryError e) {
            throw new TranslateException("picture: " + format + " larger than the free memory", e);
        }
    }

    /** Finds the exception of our own stream even if a reader has wrapped it. */
    private static TranslateException unreadable(String format, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TooCostlyException
                    || cause instanceof DecodingCancelledException) {
                return new TranslateException("picture: " + cause.getMessage(), e);
            }
        }
        String fault = isCut(e) ? "truncated " : "broken ";
        return new TranslateException("picture: " + fault + format + " (" + reason(e) + ")", e);
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
