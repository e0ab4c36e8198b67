package dev.medzoo.batch.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.TileDecoder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** JPEG 2000 tiles with fewer samples of colour than pixels that are broken or hostile. */
class SubsampledTileTest {
    private static final int SIDE = 64;

    /** Of the second sample's distance across, in the main header. */
    private static final int ACROSS = 46;

    /** Of the number of the colour transform, in the coding style. */
    private static final int TRANSFORM = 59;

    private static final TileDecoder DECODER = new TileDecoder(SIDE, SIDE);
    private static final byte[] TILE =
            Coding.JPEG_2000_YCBCR_422.coded(DrawnSlide.disc(SIDE, SIDE, new Random(3)));

    @Test
    void refusesOtherDistancesAndATransformOfColours() throws TranslateException {
        assertThat(DECODER.jpeg2000(TILE, true).width()).isEqualTo(SIDE);
        assertRefused(with(ACROSS, 4), "JPEG 2000 of unlike samples");
        assertRefused(with(ACROSS, 0), "JPEG 2000 of unlike samples");
        assertRefused(with(TRANSFORM, 1), "JPEG 2000 of transformed colours that are subsampled");
    }

    @Test
    void isDecodedOrRefusedWhateverAByteIs() {
        Random random = new Random(4);
        int decoded = 0;
        for (int i = 0; i < 150; i++) {
            byte[] wrong = with(random.nextInt(TILE.length), random.nextInt(256));
            if (i % 3 == 0) {
                wrong = Arrays.copyOf(wrong, random.nextInt(TILE.length));
            }
            try {
                decoded += DECODER.jpeg2000(wrong, true).width() / SIDE;
            } catch (TranslateException e) {
                assertThat(e).hasMessageContaining("JPEG 2000");
            }
        }
        assertThat(decoded).isBetween(1, 149);
    }

    private static byte[] with(int at, int value) {
        byte[] wrong = TILE.clone();
        wrong[at] = (byte) value;
        return wrong;
    }

    private static void assertRefused(byte[] tile, String said) {
        assertThatExceptionOfType(TranslateException.class)
                .isThrownBy(() -> DECODER.jpeg2000(tile, true))
                .withMessageContaining(said);
    }
}
