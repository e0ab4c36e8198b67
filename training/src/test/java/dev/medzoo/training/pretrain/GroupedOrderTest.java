package dev.medzoo.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupedOrderTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void keepsRunsOfAGroupTogetherAndLosesNoPicture(long seed) {
        List<LabelledPicture> pictures = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            pictures.add(new LabelledPicture(Path.of(i + ".png"), -1, "slide" + i % 5, ""));
        }
        List<LabelledPicture> order = GroupedOrder.of(pictures, 4, new Random(seed));

        assertThat(order).containsExactlyInAnyOrderElementsOf(pictures).isNotEqualTo(pictures);
        for (int i = 0; i < order.size(); i += 4) {
            assertThat(order.subList(i, i + 4))
                    .extracting(LabelledPicture::group)
                    .containsOnly(order.get(i).group());
        }
        assertThat(GroupedOrder.of(pictures, 4, new Random(seed))).isEqualTo(order);
    }
}
