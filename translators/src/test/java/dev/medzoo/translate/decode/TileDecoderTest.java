package dev.medzoo.translate.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.translate.TranslateException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tiles by themselves; what they look like among others is compared to OpenSlide elsewhere. */
class TileDecoderTest {
    private static final byte[] NONE = {};

    private final RgbPicture scene = RgbPicture.of(Drawn.scene(64, 48, new Random(5)));
    private final byte[] jpeg = new Jpegs().write(scene.toBufferedImage());
    private final TileDecoder decoder = new TileDecoder(64, 48);

    @Test
    void decodesAJpegAsThePictureDecoderDoes() throws TranslateException {
        assertThat(decoder.jpeg(NONE, jpeg, false).rgb())
                .isEqualTo(new PictureDecoder().decode(jpeg).rgb());
    }

    @Test
    void takesTheColoursThatTheFileAroundItStates() throws TranslateException {
        assertThat(decoder.jpeg(NONE, jpeg, true).rgb())
                .isEqualTo(new PictureDecoder().decode(Jpegs.withoutTransform(jpeg)).rgb());
    }

    @Test
    void decodesSamplesThatAreNotCompressed() throws TranslateException {
        assertThat(decoder.tiff(scene.rgb(), 1, 3, false).rgb()).isEqualTo(scene.rgb());
        byte[] grey = Arrays.copyOf(scene.rgb(), 64 * 48);
        byte[] rgb = decoder.tiff(grey, 1, 1, false).rgb();
        assertThat(rgb).startsWith(grey[0], grey[0], grey[0], grey[1], grey[1], grey[1]);
    }

    @Test
    void refusesAnotherSize() {
        assertThatExceptionOfType(TranslateException.class)
                .isThrownBy(() -> new TileDecoder(64, 64).jpeg(NONE, jpeg, false))
                .withMessageContaining("JPEG of 64x48 pixels (expected: 64x64)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TileDecoder(4097, 1))
                .withMessage("tile: 4097x1 pixels (expected: 1 to 4096 each way)");
    }

    @Test
    void refusesTablesThatAreAPicture() {
        assertThatExceptionOfType(TranslateException.class)
                .isThrownBy(() -> decoder.jpeg(jpeg, jpeg, false))
                .withMessageContaining("JPEGTables: a picture (expected: tables)");
    }

    @Test
    void refusesATileThatIsCut() {
        assertThatExceptionOfType(TranslateException.class)
                .isThrownBy(() -> decoder.jpeg(NONE, Arrays.copyOf(jpeg, jpeg.length / 2), false))
                .withMessageContaining("truncated");
        assertThatExceptionOfType(TranslateException.class)
                .isThrownBy(() -> decoder.tiff(new byte[100], 1, 3, false));
    }
}
