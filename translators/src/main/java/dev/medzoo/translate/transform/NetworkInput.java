package dev.medzoo.translate.transform;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.CoarsePicture;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a network is given for one picture: float32 (3, height, width), RGB, normalised as its
 * {@link Transform} says. The array is not copied: who builds one hands it over.
 */
public final class NetworkInput {
    private final InputSize size;
    private final float[] values;
    private final @Nullable InputSize picture;

    /**
     * One that was made of no picture file.
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
     * Decodes one picture and transforms it. The numbers of a large JPEG, which is decoded at a
     * part of its size, are near those of {@link Transform#apply} for the picture at its full size,
     * within 2 of 255 on average; those of every other picture are the same.
     *
     * @param options which frame, and whether one with burned-in annotation
     * @param isWanted asked time and again while it decodes; once it is false, decoding ends
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

    /** Size of the picture that it was made of, upright; null where nobody knows it. */
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
