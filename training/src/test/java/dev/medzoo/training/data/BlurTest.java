package dev.medzoo.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BlurTest {
    @Test
    void anEvenPictureStaysEven() {
        byte[] even = new byte[3 * 5 * 4];
        Arrays.fill(even, (byte) 200);

        assertThat(Blur.apply(even, 5, 4, 1.3)).isEqualTo(even);
    }

    @Test
    void aPointSpreadsAlikeToAllSidesAndKeepsItsLight() {
        byte[] point = new byte[3 * 9 * 9];
        Arrays.fill(point, 3 * 40, 3 * 41, (byte) 255);

        byte[] spread = Blur.apply(point, 9, 9, 1);

        assertThat(at(spread, 4, 4)).isBetween(38, 44); // (0.40)² of 255, two deviations wide
        assertThat(at(spread, 3, 4)).isEqualTo(at(spread, 5, 4)).isEqualTo(at(spread, 4, 3));
        int light = 0;
        for (int i = 0; i < spread.length; i += 3) {
            light += spread[i] & 0xff;
        }
        assertThat(light).isBetween(245, 265);
    }

    private static int at(byte[] rgb, int x, int y) {
        return rgb[3 * (9 * y + x)] & 0xff;
    }
}
