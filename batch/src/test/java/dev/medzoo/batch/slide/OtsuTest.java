package dev.medzoo.batch.slide;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OtsuTest {
    @Test
    void splitsTwoHeaps() {
        assertThat(Otsu.threshold(new long[] {5, 9, 5, 0, 0, 0, 2, 4, 2})).isEqualTo(3);
    }

    /**
     * Worked by hand: after 0 | 1 2: 1·2·1.5² = 4.5; after 0 1 | 2: 2·1·1.5² = 4.5; the first wins.
     */
    @Test
    void takesTheLowerOfTwoThatAreAsGood() {
        assertThat(Otsu.threshold(new long[] {1, 1, 1})).isEqualTo(1);
    }

    @Test
    void hasNothingToSplitInOneLevel() {
        assertThat(Otsu.threshold(new long[] {0, 7, 0})).isZero();
    }
}
