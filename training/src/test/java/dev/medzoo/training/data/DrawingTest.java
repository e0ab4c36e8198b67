package dev.medzoo.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.translate.decode.RgbPicture;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrawingTest {
    private static Set<Integer> hashes(Stream<RgbPicture> pictures) {
        return pictures.map(each -> Arrays.hashCode(each.rgb())).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSamePicturesAtEveryCallAndMoreOfThem(Drawing kind) {
        List<RgbPicture> few = kind.pictures(5);
        List<RgbPicture> many = kind.pictures(12);
        for (int i = 0; i < few.size(); i++) {
            assertThat(few.get(i).rgb()).isEqualTo(many.get(i).rgb());
        }
        assertThat(hashes(many.stream())).hasSizeGreaterThan(6);
    }

    @Test
    void fitsToOtherKindsThanItJudgesBy() {
        assertThat(Drawing.toFit()).doesNotContainAnyElementsOf(Drawing.toJudge());
        assertThat(Drawing.toFit().size() + Drawing.toJudge().size())
                .isEqualTo(Drawing.values().length);
        Set<Integer> fitted =
                hashes(Drawing.toFit().stream().flatMap(k -> k.pictures(10).stream()));
        Set<Integer> judged =
                hashes(Drawing.toJudge().stream().flatMap(k -> k.pictures(10).stream()));
        assertThat(fitted).doesNotContainAnyElementsOf(judged);
    }

    @Test
    void namesItsKindsInPlainWords() {
        assertThat(Drawing.LENS_CAP.label()).isEqualTo("drawn: lens cap");
    }
}
