package dev.medzoo.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelShareTest {
    @TempDir Path folder = Path.of("");
    private Path data = Path.of("");

    /** 40 sources of four tiles of "many", 6 of "few", and a test picture. */
    @BeforeEach
    void write() throws IOException {
        data = Files.createDirectories(folder.resolve("tiles"));
        StringBuilder manifest = new StringBuilder("file,label,split,group,sha256,source_path\n");
        for (int i = 0; i < 46; i++) {
            for (int tile = 0; tile < 4; tile++) {
                manifest.append(
                        "%d-%d.png,%s,train,slide%d,00,%d.tif\n"
                                .formatted(i, tile, i < 40 ? "many" : "few", i % 5, i));
            }
        }
        manifest.append("t.png,few,test,slide9,00,\n");
        Files.writeString(data.resolve("manifest.csv"), manifest);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 4, 4", "0.1, 16, 4", "0.25, 40, 8", "0.5, 80, 12", "1, 160, 24"})
    void keepsTheShareOfEachClassAndOneSourceAtLeast(double share, int many, int few)
            throws Exception {
        PictureSet set = PictureSet.open(data).withTrainShare(share, 7);

        Map<Integer, Integer> counts = new HashMap<>();
        set.split("train").forEach(of -> counts.merge(of.label(), 1, Integer::sum));
        assertThat(counts.get(set.labels().indexOf("many"))).isEqualTo(many);
        assertThat(counts.get(set.labels().indexOf("few"))).isEqualTo(few);
        assertThat(set.split("test")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aSmallerShareLiesInALargerOneAndHoldsWholeSources(long seed) throws Exception {
        PictureSet set = PictureSet.open(data);
        List<LabelledPicture> before = List.of();
        for (double share : new double[] {0.05, 0.1, 0.25, 0.5, 0.77, 1}) {
            List<LabelledPicture> kept = set.withTrainShare(share, seed).split("train");
            Map<String, Integer> tiles = new HashMap<>();
            kept.forEach(of -> tiles.merge(of.source(), 1, Integer::sum));

            assertThat(kept).containsAll(before);
            assertThat(tiles.values()).containsOnly(4);
            before = kept;
        }
        assertThat(before).isEqualTo(set.split("train"));
    }

    @Test
    void theSeedDecidesWhichAreKept() throws Exception {
        PictureSet set = PictureSet.open(data);

        assertThat(set.withTrainShare(0.1, 1).split("train"))
                .isEqualTo(set.withTrainShare(0.1, 1).split("train"))
                .isNotEqualTo(set.withTrainShare(0.1, 2).split("train"));
    }

    @Test
    void aPictureThatWasNotCutFromAnotherIsItsOwnSource() throws Exception {
        assertThat(PictureSet.open(data).split("test").get(0).source()).isEqualTo("t.png");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
    void refusesWhatIsNoShare(double share) throws Exception {
        PictureSet set = PictureSet.open(data);

        assertThatThrownBy(() -> set.withTrainShare(share, 1))
                .hasMessage("share: " + share + " (expected: in (0, 1])");
    }
}
