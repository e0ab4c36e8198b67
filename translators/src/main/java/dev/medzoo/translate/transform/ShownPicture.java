package dev.medzoo.translate.transform;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.CoarsePicture;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.decode.RgbPicture;
import java.util.function.BooleanSupplier;

/** A picture at a size that a screen shows, in its own proportions. */
public final class ShownPicture {
    private ShownPicture() {}

    /**
     * Decodes a picture, and shrinks it where it is larger.
     *
     * @param file the whole of it
     * @param longest side that it may have, in pixels, at least 1
     * @param isWanted asked time and again while it decodes; once it is false, decoding ends
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

    /** The narrow side of a long picture still has a pixel. */
    private static int side(double pixels) {
        return (int) Math.max(1, Math.round(pixels));
    }
}
