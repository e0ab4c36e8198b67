package dev.medzoo.translate.transform;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.CoarsePicture;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A network's input for one picture: float32 (3, height, width), RGB, normalised as its {@link
 * Transform} says. The array is not copied: the caller hands it over.
 */
public final class NetworkInput {
    private final InputSize size;
    private final float[] values;
    private final @Nullable InputSize picture;

    /**
     * Creates an input that does not come from a picture file.
     *
     * @param size of the picture as the network sees it
     * @param values {@code 3 * width * height} finite numbers, channel by channel, row by row
     */
    public NetworkInput(InputSize size, float[] values) {
        this(size, values, null);
    }

    private NetworkInput(InputSize size, float[] values, @Nullable InputSize picture) {
        int expected = 3 * size.width() * size.height();
        if (values.length != expected) {
            throw new IllegalArgumentException(
                    "input: %d numbers (expected: 3x%dx%d = %d)"
                            .formatted(values.length, size.height(), size.width(), expected));
        }
        for (int i = 0; i < expected; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "input: %s at %d (expected: a finite number)".formatted(values[i], i));
            }
        }
        this.size = size;
        this.values = values;
        this.picture = picture;
    }

    /**
     * Decodes one picture and transforms it. A large JPEG is decoded at a fraction of its size; its
     * numbers are then close to those of {@link Transform#apply} for the full-size picture, within
     * 2 of 255 on average. For every other picture they are equal.
     *
     * @param options which frame, and whether one with burned-in annotation
     * @param isWanted polled during decoding; once it is false, decoding is cancelled
     * @throws TranslateException as {@link PictureDecoder#decode(byte[], PictureOptions,
     *     BooleanSupplier)}, and if the picture is too narrow for the transform
     */
    public static NetworkInput of(
            byte[] bytes,
            PictureDecoder decoder,
            PictureOptions options,
            Transform transform,
            BooleanSupplier isWanted)
            throws TranslateException {
        CoarsePicture picture = decoder.decode(bytes, options, transform::pixelsForOne, isWanted);
        try {
            return new NetworkInput(
                    transform.crop(),
                    transform.apply(picture),
                    new InputSize(picture.width(), picture.height()));
        } catch (IllegalArgumentException e) {
            throw new TranslateException("picture: " + e.getMessage(), e);
        }
    }

    /** In pixels. */
    public InputSize size() {
        return size;
    }

    /** Size of the source picture, upright; null if unknown. */
    public @Nullable InputSize picture() {
        return picture;
    }

    /** The numbers themselves, not a copy. */
    public float[] values() {
        return values;
    }

    @Override
    public String toString() {
        return "input of %s, hash %08x".formatted(size, Arrays.hashCode(values));
    }
}
