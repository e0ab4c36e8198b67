package dev.medzoo.zoo.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.translate.transform.Transform;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Maps of made-up models, of which it is known where they look. */
class RiseTest {
    private static final InputSize SIZE = new InputSize(40, 20);
    private static final Reading READING =
            new Reading(Transform.square(8), List.of("no", "yes"), 1, 0);

    /** A chequered picture: neither its mean colour nor a blur is like it anywhere. */
    private static NetworkInput chequered() {
        float[] values = new float[3 * 40 * 20];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % 40 + i / 40) % 2;
        }
        return new NetworkInput(SIZE, values);
    }

    /** Of the pixels of a rectangle, the mean difference to their right neighbours. */
    private static double contrast(NetworkInput picture, int left, int top) {
        double sum = 0;
        for (int y = top; y < top + 6; y++) {
            for (int x = left; x < left + 6; x++) {
                sum += Math.abs(picture.values()[40 * y + x] - picture.values()[40 * y + x + 1]);
            }
        }
        return sum / 36;
    }

    private static HeatMap map(
            String label, ToDoubleFunction<NetworkInput> logit, BooleanSupplier goesOn)
            throws Exception {
        return new Rise(
                        chequered(),
                        label,
                        picture ->
                                Finding.of(
                                        new ModelIdentity("made-up", "1.0.0", "sha256:0"),
                                        READING,
                                        new float[] {0, (float) logit.applyAsDouble(picture)},
                                        null))
                .map(goesOn);
    }

    @Test
    void isLargestWhereTheModelLooks() throws Exception {
        for (int left = 2; left < 30; left += 8) {
            int from = left;
            HeatMap map = map("yes", picture -> 9 * contrast(picture, from, 11), () -> true);

            assertThat(map.width()).isEqualTo(32);
            assertThat(map.height()).isEqualTo(16);
            assertThat(map.at((from + 3) / 40.0, 14 / 20.0)).isGreaterThan(0.8);
            assertThat(map.at(((from + 23) % 40) / 40.0, 4 / 20.0)).isLessThan(0.35);
        }
    }

    @Test
    void isTheSameForTheSamePicture() throws Exception {
        ToDoubleFunction<NetworkInput> logit = picture -> contrast(picture, 5, 5);

        assertThat(map("yes", logit, () -> true).values())
                .isEqualTo(map("yes", logit, () -> true).values());
    }

    /** What speaks for one of two classes speaks against the other. */
    @Test
    void isOfTheClassAskedFor() throws Exception {
        ToDoubleFunction<NetworkInput> logit = picture -> 9 * contrast(picture, 20, 8);

        assertThat(map("yes", logit, () -> true).at(23 / 40.0, 11 / 20.0)).isGreaterThan(0.8);
        assertThat(map("no", logit, () -> true).at(23 / 40.0, 11 / 20.0)).isZero();
    }

    @Test
    void isEmptyWhereNothingChangesTheFinding() throws Exception {
        assertThat(map("yes", picture -> 0.3, () -> true).values()).containsOnly(0);
    }

    @Test
    void stopsBeforeTheNextMaskOnceItIsNotWanted() {
        int[] asked = new int[1];
        int[] found = new int[1];

        assertThatThrownBy(() -> map("yes", picture -> found[0]++, () -> asked[0]++ < 7))
                .isInstanceOf(CancellationException.class);
        assertThat(found[0]).isEqualTo(7);
    }

    @Test
    void theLogOddsOfACertainClassAreFinite() {
        ModelIdentity model = new ModelIdentity("made-up", "1.0.0", "sha256:0");

        assertThat(Rise.logOdds(Finding.of(model, READING, new float[] {0, 3}, null), "yes"))
                .isCloseTo(3, within(1e-5));
        assertThat(Rise.logOdds(Finding.of(model, READING, new float[] {0, 5000}, null), "no"))
                .isBetween(-100.0, -60.0);
    }
}
