package dev.medzoo.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplerTest {
    @Test
    void withoutBalanceEveryPictureComesOnce() {
        List<LabelledPicture> pictures = pictures(30, 6);

        List<LabelledPicture> round = new Sampler(pictures, 0, 1).round(0, 36);

        assertThat(round).containsExactlyInAnyOrderElementsOf(pictures);
    }

    @Test
    void withFullBalanceEveryClassHasTheSameShare() {
        List<LabelledPicture> round = new Sampler(pictures(30, 6), 1, 1).round(0, 36);

        assertThat(round).filteredOn(picture -> picture.label() == 0).hasSize(18);
        assertThat(round).filteredOn(picture -> picture.label() == 1).hasSize(18);
    }

    @Test
    void noPictureComesTwiceBeforeEachOfItsClassCameOnceAcrossRoundsToo() {
        Sampler sampler = new Sampler(pictures(30, 6), 1, 1);

        List<LabelledPicture> drawn = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            drawn.addAll(sampler.round(round, 20));
        }

        List<LabelledPicture> common = drawn.stream().filter(p -> p.label() == 0).toList();
        assertThat(new HashSet<>(common)).hasSize(30).hasSameSizeAs(common);
        List<LabelledPicture> rare = drawn.stream().filter(p -> p.label() == 1).toList();
        assertThat(rare).hasSize(30);
        assertThat(new HashSet<>(rare)).hasSize(6);
    }

    @Test
    void aRoundMayBeLargerThanTheSplit() {
        assertThat(new Sampler(pictures(3, 1), 1, 1).round(5, 64)).hasSize(64);
    }

    @Test
    void aRoundFollowsFromTheSeedAndItsNumber() {
        List<LabelledPicture> pictures = pictures(30, 6);

        assertThat(new Sampler(pictures, 0.5, 3).round(2, 20))
                .isEqualTo(new Sampler(pictures, 0.5, 3).round(2, 20))
                .isNotEqualTo(new Sampler(pictures, 0.5, 3).round(1, 20))
                .isNotEqualTo(new Sampler(pictures, 0.5, 4).round(2, 20));
    }

    private static List<LabelledPicture> pictures(int common, int rare) {
        List<LabelledPicture> pictures = new ArrayList<>();
        for (int i = 0; i < common + rare; i++) {
            int label = i < common ? 0 : 1;
            pictures.add(new LabelledPicture(Path.of(i + ".png"), label, "g" + i, ""));
        }
        return pictures;
    }
}
