package dev.medzoo.translate.transform;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.CoarsePicture;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.decode.RgbPicture;
import java.util.function.BooleanSupplier;

/** Decodes a picture at screen size with its own aspect ratio. */
public final class ShownPicture {
    private ShownPicture() {}

    /**
     * Decodes a picture, and shrinks it if it is larger than {@code longest}.
     *
     * @param file all its bytes
     * @param longest side of the result, in pixels, at least 1
     * @param isWanted polled during decoding; once it is false, decoding is cancelled
     * @throws TranslateException as {@link PictureDecoder#decode(byte[], PictureOptions,
     *     BooleanSupplier)}
     */
    public static RgbPicture of(
            PictureDecoder decoder,
            byte[] file,
            PictureOptions options,
            int longest,
            BooleanSupplier isWanted)
            throws TranslateException {
        CoarsePicture picture =
                decoder.decode(
                        file,
                        options,
                        (width, height) -> Math.max(width, height) / (double) longest,
                        isWanted);
        InputSize size = fitting(picture.width(), picture.height(), longest);
        return Resampler.resize(picture, size, Interpolation.BILINEAR);
    }

    private static InputSize fitting(int width, int height, int longest) {
        double scale = Math.min(1, longest / (double) Math.max(width, height));
        return new InputSize(side(width * scale), side(height * scale));
    }

    /** Rounds a side; the narrow side of a long picture keeps at least a pixel. */
    private static int side(double pixels) {
        return (int) Math.max(1, Math.round(pixels));
    }
}
