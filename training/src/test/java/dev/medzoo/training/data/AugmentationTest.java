package dev.medzoo.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.translate.decode.RgbPicture;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
    private static final RgbPicture PICTURE = DrawnPicture.of(40, 24, 9);

    @Test
    void nothingIsNothing() {
        assertThat(Augmentation.none().apply(PICTURE, new Random(1)).rgb())
                .isEqualTo(PICTURE.rgb());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aTurnMovesPixelsAndChangesNone(long seed) {
        Augmentation turns = new Augmentation(1, 1, true, true, 0, 0, 0, 0);

        RgbPicture turned = turns.apply(PICTURE, new Random(seed));

        assertThat(pixels(turned)).isEqualTo(pixels(PICTURE));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aCropKeepsAtLeastTheShareAsked(long seed) {
        Augmentation crops = new Augmentation(0.5, 1, false, false, 0, 0, 0, 0);

        RgbPicture part = crops.apply(PICTURE, new Random(seed));

        assertThat(part.width() * part.height()).isBetween(440, 960);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theSameSeedGivesTheSameVariant(long seed) {
        Augmentation all = new Augmentation(0.4, 1.3, true, true, 0.3, 0.3, 0.3, 0.1);

        assertThat(all.apply(PICTURE, new Random(seed)).rgb())
                .isEqualTo(all.apply(PICTURE, new Random(seed)).rgb());
    }

    @Test
    void brightnessScalesGreyPixelsAlike() {
        byte[] grey = new byte[3 * 4 * 4];
        Arrays.fill(grey, (byte) 100);
        Augmentation light = new Augmentation(1, 1, false, false, 0.5, 0, 0, 0);

        byte[] changed = light.apply(new RgbPicture(4, 4, grey), new Random(2)).rgb();

        assertThat(changed[0] & 0xff).isBetween(50, 150).isNotEqualTo(100);
        for (byte value : changed) {
            assertThat(value).isEqualTo(changed[0]);
        }
    }

    @Test
    void saysWhichValueIsWrong() {
        assertThatThrownBy(() -> new Augmentation(0, 1, true, true, 0, 0, 0, 0))
                .hasMessage("smallestCrop: 0.0 (expected: in (0, 1])");
        assertThatThrownBy(() -> new Augmentation(1, 0.5, true, true, 0, 0, 0, 0))
                .hasMessage("stretch: 0.5 (expected: in [1, 4])");
        assertThatThrownBy(() -> new Augmentation(1, 1, true, true, 0, 1, 0, 0))
                .hasMessage("contrast: 1.0 (expected: in [0, 1))");
    }

    private static int[] pixels(RgbPicture picture) {
        byte[] rgb = picture.rgb();
        int[] pixels = new int[rgb.length / 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = rgb[3 * i] << 16 ^ rgb[3 * i + 1] << 8 ^ rgb[3 * i + 2];
        }
        Arrays.sort(pixels);
        return pixels;
    }

    @Test
    void softensEverySecondPictureAndKeepsItsSize() {
        Augmentation softens = new Augmentation(1, 1, false, false, 0, 0, 0, 0, 0, 0, 0, 0.2);
        RgbPicture picture = DrawnPicture.of(40, 30, 1);
        int softer = 0;
        for (int seed = 0; seed < 200; seed++) {
            RgbPicture variant = softens.apply(picture, new Random(seed));
            assertThat(variant.width()).isEqualTo(40);
            assertThat(variant.height()).isEqualTo(30);
            softer += edges(variant) < edges(picture) ? 1 : 0;
        }
        assertThat(softer).isBetween(70, 130);
        assertThatThrownBy(() -> new Augmentation(1, 1, false, false, 0, 0, 0, 0, 0, 0, 0, 0))
                .hasMessage("softest: 0.0 (expected: in (0, 1])");
    }

    private static long edges(RgbPicture picture) {
        long sum = 0;
        for (int i = 3; i < picture.rgb().length; i++) {
            sum += Math.abs((picture.rgb()[i] & 0xff) - (picture.rgb()[i - 3] & 0xff));
        }
        return sum;
    }
}
