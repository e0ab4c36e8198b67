package dev.medzoo.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StainJitterTest {
    /** A nucleus, stroma and empty glass, as H&E slides show them. */
    private static final byte[] TISSUE = {
        90, 60, (byte) 140, (byte) 220, (byte) 150, (byte) 190, (byte) 245, (byte) 240, (byte) 245
    };

    @Test
    void withoutStrengthNothingChangesByMoreThanRounding() {
        byte[] same = StainJitter.apply(TISSUE, 0, new Random(1));

        for (int i = 0; i < TISSUE.length; i++) {
            assertThat((same[i] & 0xff) - (TISSUE[i] & 0xff)).isBetween(-1, 1);
        }
    }

    @Test
    void strongChangesStainedTissueMoreThanGlass() {
        double nucleus = 0;
        double glass = 0;
        for (int seed = 0; seed < 50; seed++) {
            byte[] other = StainJitter.apply(TISSUE, 0.3, new Random(seed));
            nucleus += distance(other, 0);
            glass += distance(other, 6);
        }

        assertThat(nucleus).isGreaterThan(1.2 * glass);
        assertThat(glass).isPositive();
    }

    @Test
    void theOriginalStaysAsItWas() {
        byte[] before = TISSUE.clone();

        StainJitter.apply(TISSUE, 0.3, new Random(1));

        assertThat(TISSUE).isEqualTo(before);
    }

    private static double distance(byte[] other, int pixel) {
        double sum = 0;
        for (int i = pixel; i < pixel + 3; i++) {
            sum += Math.abs((other[i] & 0xff) - (TISSUE[i] & 0xff));
        }
        return sum;
    }
}
