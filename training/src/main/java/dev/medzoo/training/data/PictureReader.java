package dev.medzoo.training.data;

import ai.djl.translate.TranslateException;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.translate.InputSize;
import dev.medzoo.translate.Interpolation;
import dev.medzoo.translate.PictureDecoder;
import dev.medzoo.translate.RgbPicture;
import dev.medzoo.zoo.format.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads pictures of a set, checks each against its digest, and keeps decoded ones while there is
 * room: an epoch visits every picture again.
 */
public final class PictureReader {
    private final PictureDecoder decoder = new PictureDecoder();
    private final Map<LabelledPicture, RgbPicture> kept = new ConcurrentHashMap<>();
    private final AtomicLong bytesLeft;

    /**
     * @param keepBytes room for decoded pictures
     */
    public PictureReader(long keepBytes) {
        bytesLeft = new AtomicLong(keepBytes);
    }

    public RgbPicture read(LabelledPicture picture) throws IOException {
        RgbPicture known = kept.get(picture);
        if (known != null) {
            return known;
        }
        byte[] bytes = Files.readAllBytes(picture.file());
        String sha256 = Sha256.hex(bytes);
        if (!sha256.equals(picture.sha256())) {
            throw new IOException(
                    "%s: sha256 %s (expected: %s)"
                            .formatted(picture.file(), sha256, picture.sha256()));
        }
        RgbPicture decoded = formed(decode(picture, bytes), picture.form());
        if (bytesLeft.addAndGet(-decoded.rgb().length) >= 0) {
            kept.put(picture, decoded);
        }
        return decoded;
    }

    private static RgbPicture formed(RgbPicture decoded, @Nullable InputSize form) {
        return form == null ? decoded : decoded.resize(form, Interpolation.BILINEAR);
    }

    private RgbPicture decode(LabelledPicture picture, byte[] bytes) throws IOException {
        try {
            return decoder.decode(bytes);
        } catch (TranslateException e) {
            throw new IOException(picture.file() + ": " + e.getMessage(), e);
        }
    }
}
