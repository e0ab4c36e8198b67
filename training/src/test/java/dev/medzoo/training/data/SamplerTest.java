package dev.medzoo.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SamplerTest {
    @Test
    void withoutBalanceEveryPictureComesOnce() {
        List<LabelledPicture> pictures = pictures(30, 6);

        List<LabelledPicture> epoch = new Sampler(pictures, 0).epoch(new Random(1));

        assertThat(epoch).containsExactlyInAnyOrderElementsOf(pictures);
    }

    @Test
    void withFullBalanceEveryClassHasTheSameShare() {
        List<LabelledPicture> epoch = new Sampler(pictures(30, 6), 1).epoch(new Random(1));

        assertThat(epoch).filteredOn(picture -> picture.label() == 0).hasSize(18);
        assertThat(epoch).filteredOn(picture -> picture.label() == 1).hasSize(18);
    }

    @Test
    void noPictureComesTwiceBeforeEachOfItsClassCameOnce() {
        List<LabelledPicture> epoch = new Sampler(pictures(30, 6), 1).epoch(new Random(1));

        List<LabelledPicture> common = epoch.stream().filter(p -> p.label() == 0).toList();
        assertThat(new HashSet<>(common)).hasSameSizeAs(common);
        assertThat(epoch.stream().filter(p -> p.label() == 1).distinct()).hasSize(6);
    }

    @Test
    void theSeedDecidesTheOrder() {
        Sampler sampler = new Sampler(pictures(30, 6), 0.5);

        assertThat(sampler.epoch(new Random(3))).isEqualTo(sampler.epoch(new Random(3)));
        assertThat(sampler.epoch(new Random(3))).isNotEqualTo(sampler.epoch(new Random(4)));
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
