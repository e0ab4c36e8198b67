package dev.medzoo.training.data;

import ai.djl.translate.TranslateException;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.Interpolation;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.format.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads pictures of a set, verifies their digests, and caches decoded ones while there is room,
 * because every epoch reads them again.
 */
public final class PictureReader {
    private final PictureDecoder decoder = new PictureDecoder();
    private final Map<LabelledPicture, RgbPicture> kept = new ConcurrentHashMap<>();
    private final AtomicLong bytesLeft;

    /**
     * @param keepBytes size of the cache of decoded pictures
     */
    public PictureReader(long keepBytes) {
        bytesLeft = new AtomicLong(keepBytes);
    }

    /**
     * Reads a picture at its full size, or resized to its form.
     *
     * @throws IOException if it cannot be read, has another digest, or is no picture
     */
    public RgbPicture read(LabelledPicture picture) throws IOException {
        RgbPicture known = kept.get(picture);
        if (known != null) {
            return known;
        }
        RgbPicture decoded = formed(decode(picture), picture.form());
        if (bytesLeft.addAndGet(-decoded.rgb().length) >= 0) {
            kept.put(picture, decoded);
        }
        return decoded;
    }

    /**
     * Computes the network input of a picture without augmentation: exactly the numbers of serving,
     * which decodes large pictures at a reduced size.
     *
     * @return float32 (3, height, width)
     * @throws IOException as {@link #read}
     */
    public float[] input(LabelledPicture picture, Transform transform) throws IOException {
        RgbPicture decoded = read(picture);
        long pixels = (long) decoded.width() * decoded.height();
        if (picture.form() != null || pixels < PictureDecoder.LARGE_PIXELS) {
            return transform.apply(decoded);
        }
        try {
            return NetworkInput.of(
                            bytes(picture), decoder, PictureOptions.USUAL, transform, () -> true)
                    .values();
        } catch (TranslateException e) {
            throw new IOException(picture.file() + ": " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(LabelledPicture picture) throws IOException {
        byte[] bytes = Files.readAllBytes(picture.file());
        String sha256 = Sha256.hex(bytes);
        if (!sha256.equals(picture.sha256())) {
            throw new IOException(
                    "%s: sha256 %s (expected: %s)"
                            .formatted(picture.file(), sha256, picture.sha256()));
        }
        return bytes;
    }

    private static RgbPicture formed(RgbPicture decoded, @Nullable InputSize form) {
        return form == null ? decoded : Interpolation.BILINEAR.resize(decoded, form);
    }

    private RgbPicture decode(LabelledPicture picture) throws IOException {
        try {
            return decoder.decode(bytes(picture));
        } catch (TranslateException e) {
            throw new IOException(picture.file() + ": " + e.getMessage(), e);
        }
    }
}
