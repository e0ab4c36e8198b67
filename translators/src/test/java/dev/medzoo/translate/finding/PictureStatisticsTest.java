package dev.medzoo.translate.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.medzoo.translate.decode.Drawn;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.translate.transform.Transform;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureStatisticsTest {
    private static final Transform PLAIN = Transform.square(4);
    private static final double NOISE = 1 / 255.0;

    private static float[] of(Transform transform, RgbPicture picture) {
        return PictureStatistics.of(
                        new NetworkInput(transform.crop(), transform.apply(picture)), transform)
                .numbers();
    }

    /** The left half of one colour, the right half of another, 4 by 4. */
    private static RgbPicture halves(int[] left, int[] right) {
        byte[] rgb = new byte[48];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3 % 4 < 2 ? left : right)[i % 3];
        }
        return new RgbPicture(4, 4, rgb);
    }

    @Test
    void agreeWithTwoHalvesWorkedByHand() {
        // red 0 or 1, green 0.2 or 0.6, blue 0.4: grey 0.2 or 2/3
        float[] of = of(PLAIN, halves(new int[] {0, 51, 102}, new int[] {255, 153, 102}));

        assertThat(of[0]).isCloseTo(0.5f, within(1e-6f));
        assertThat(of[1]).isCloseTo(0.4f, within(1e-6f));
        assertThat(of[2]).isCloseTo(0.4f, within(1e-6f));
        assertThat(of[3]).isCloseTo((float) Math.log(0.5 + NOISE), within(1e-5f));
        assertThat(of[4]).isCloseTo((float) Math.log(0.2 + NOISE), within(1e-5f));
        assertThat(of[5]).isCloseTo((float) Math.log(NOISE), within(1e-4f));
        // colourful by 0.4 or 0.6; every pixel has red at an end
        assertThat(of[6]).isCloseTo(0.5f, within(1e-6f));
        assertThat(of[7]).isCloseTo((float) Math.log(0.1 + NOISE), within(1e-5f));
        assertThat(of[8]).isEqualTo(1);
        assertThat(of[9]).isZero();
        assertThat(of[10]).isZero();
        // one step in three to the right is of 7/15, none down
        double right = 7 / 45.0;
        assertThat(of[11]).isCloseTo((float) Math.log(right / 2 + NOISE), within(1e-5f));
        assertThat(of[12]).isCloseTo((float) Math.log(7 / 30.0 + NOISE), within(1e-5f));
        assertThat(of[21]).isCloseTo((float) Math.log((right + NOISE) / NOISE), within(1e-4f));
        assertThat(of[22]).isCloseTo((float) Math.sqrt(20 / 24.0), within(1e-6f));
        assertThat(of[15]).isCloseTo(1f, within(1e-3f));
        assertThat(of[16]).isCloseTo(0f, within(1e-3f));
        // the middle half has as much of each side as the rim
        assertThat(of[18]).isCloseTo(0f, within(1e-6f));
        assertThat(of[24]).isCloseTo(0f, within(1e-6f));
        assertThat(of[25]).isCloseTo(1f, within(1e-6f));
    }

    @Test
    void countBlackAndWhite() {
        float[] of = of(PLAIN, halves(new int[] {0, 0, 0}, new int[] {255, 255, 255}));
        assertThat(of[9]).isCloseTo((float) Math.sqrt(0.5), within(1e-6f));
        assertThat(of[10]).isCloseTo((float) Math.sqrt(0.5), within(1e-6f));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void doNotDependOnTheNormalisation(long seed) {
        RgbPicture picture = Drawn.noise(new Random(seed));
        Transform other =
                new Transform(
                        PLAIN.fit(),
                        PLAIN.resize(),
                        PLAIN.crop(),
                        PLAIN.interpolation(),
                        List.of(0.7, 0.5, 0.4),
                        List.of(0.2, 0.3, 0.25));
        assertThat(of(other, picture))
                .usingComparatorWithPrecision(1e-3f)
                .containsExactly(of(PLAIN, picture));
    }

    @Test
    void havePlanesWithoutContrast() {
        for (int grey : new int[] {0, 1, 90, 254, 255}) {
            int[] plane = {grey, grey / 2, grey};
            PictureStatistics of = new PictureStatistics(of(PLAIN, halves(plane, plane)));
            assertThat(of.contrast()).isCloseTo(0, within(1e-8));
        }
        float[] halves = of(PLAIN, halves(new int[] {0, 51, 102}, new int[] {255, 153, 102}));
        assertThat(new PictureStatistics(halves).contrast()).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void areFiniteForATensorOfAnySizeAndRange() {
        for (InputSize size :
                List.of(new InputSize(1, 1), new InputSize(1, 9), new InputSize(3, 2))) {
            float[] values = new float[3 * size.width() * size.height()];
            for (int i = 0; i < values.length; i++) {
                values[i] = i % 2 == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE;
            }
            for (float number :
                    PictureStatistics.of(new NetworkInput(size, values), PLAIN).numbers()) {
                assertThat(number).isFinite();
            }
        }
    }

    @Test
    void refuseAnotherCount() {
        assertThatThrownBy(() -> new PictureStatistics(new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("picture statistics: 3 numbers (expected: 28)");
    }
}
