package dev.medzoo.batch.slide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutlinesTest {
    @Test
    void goesRoundOneField() {
        List<Outlines.Region> regions = new Outlines(3, 3, fields("...", ".0.", "...")).regions();
        assertThat(regions).hasSize(1);
        assertThat(regions.get(0).rings()).containsExactly(List.of(2, 1, 2, 2, 1, 2, 1, 1, 2, 1));
    }

    @Test
    void hasAHole() {
        Outlines.Region ring = new Outlines(3, 3, fields("000", "0.0", "000")).regions().get(0);
        assertThat(ring.rings())
                .containsExactly(
                        List.of(3, 0, 3, 3, 0, 3, 0, 0, 3, 0),
                        List.of(2, 2, 2, 1, 1, 1, 1, 2, 2, 2));
    }

    @Test
    void fieldsThatTouchAtACornerAreTwoRegions() {
        assertThat(new Outlines(2, 2, fields("0.", ".0")).regions()).hasSize(2);
    }

    /** The outer ring and the hole have a corner in common; neither meets itself. */
    @Test
    void aHoleMayTouchTheOutline() {
        Outlines.Region region = new Outlines(3, 3, fields("000", "0.0", "00.")).regions().get(0);
        assertThat(region.rings()).hasSize(2);
        assertThat(region.rings()).allSatisfy(OutlinesTest::checkMeetsItselfNowhere);
    }

    @Test
    void neighboursOfAnotherClassAreAnotherRegion() {
        assertThat(new Outlines(4, 1, fields("0011")).regions())
                .extracting(Outlines.Region::label)
                .containsExactly(0, 1);
    }

    private static int[] fields(String... rows) {
        return String.join("", rows).chars().map(each -> each == '.' ? -1 : each - '0').toArray();
    }

    static IntStream seeds() {
        return IntStream.range(0, 10);
    }

    /** Every field is inside the outlines of its own region, and of no other. */
    @ParameterizedTest
    @MethodSource("seeds")
    void holdsExactlyItsFields(int seed) {
        Random random = new Random(seed);
        int[] classes = random.ints(17 * 13, -1, 2).toArray();
        List<Outlines.Region> regions = new Outlines(17, 13, classes).regions();
        for (int field = 0; field < classes.length; field++) {
            int at = field;
            List<Outlines.Region> around =
                    regions.stream().filter(each -> isInside(each, at % 17, at / 17)).toList();
            if (classes[field] < 0) {
                assertThat(around).isEmpty();
            } else {
                assertThat(around).hasSize(1);
                assertThat(around.get(0).label()).isEqualTo(classes[field]);
                assertThat(around.get(0).fields()).contains(field);
            }
        }
        assertThat(regions)
                .flatExtracting(Outlines.Region::rings)
                .allSatisfy(OutlinesTest::checkMeetsItselfNowhere);
    }

    /** Even-odd: how many edges of all rings lie to the right of the field's middle. */
    private static boolean isInside(Outlines.Region region, int column, int row) {
        int crossed = 0;
        for (List<Integer> ring : region.rings()) {
            for (int i = 0; i + 3 < ring.size(); i += 2) {
                int low = Math.min(ring.get(i + 1), ring.get(i + 3));
                int high = Math.max(ring.get(i + 1), ring.get(i + 3));
                crossed += ring.get(i) > column && low <= row && row < high ? 1 : 0;
            }
        }
        return crossed % 2 == 1;
    }

    private static void checkMeetsItselfNowhere(List<Integer> ring) {
        Set<List<Integer>> corners = new HashSet<>();
        for (int i = 0; i + 3 < ring.size(); i += 2) {
            assertThat(corners.add(List.of(ring.get(i), ring.get(i + 1)))).isTrue();
        }
        assertThat(ring.subList(0, 2)).isEqualTo(ring.subList(ring.size() - 2, ring.size()));
    }
}
