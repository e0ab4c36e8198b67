package dev.medzoo.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupFoldsTest {
    @TempDir Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyPictureIsTestedOnceAndNoGroupStandsOnTwoSides(long seed) throws Exception {
        PictureSet set = random(new Random(seed));

        List<LabelledPicture> tested = new ArrayList<>();
        for (PictureSet fold : set.folds(5, seed)) {
            tested.addAll(fold.split("test"));
            Set<String> groups = new HashSet<>();
            int inEach = 0;
            for (String split : List.of("train", "val", "test")) {
                Set<String> own = new HashSet<>();
                fold.split(split).forEach(of -> own.add(of.group()));
                groups.addAll(own);
                inEach += own.size();
            }
            assertThat(inEach).isEqualTo(groups.size()).isEqualTo(20);
            assertThat(fold.all()).hasSameSizeAs(set.all());
        }
        assertThat(tested).containsExactlyInAnyOrderElementsOf(set.all());
    }

    @Test
    void valIsTheNextFoldsTest() throws Exception {
        List<PictureSet> folds = random(new Random(1)).folds(4, 1);

        for (int i = 0; i < 4; i++) {
            assertThat(folds.get(i).split("val")).isEqualTo(folds.get((i + 1) % 4).split("test"));
        }
    }

    @Test
    void classesAreSpreadAsEvenlyAsGroupsPermit() throws Exception {
        // Four groups of each class, all of three pictures: two groups in each of four folds.
        List<PictureSet> folds = set("aaaabbbb", 3).folds(4, 5);

        for (PictureSet fold : folds) {
            assertThat(fold.split("test")).extracting(LabelledPicture::label).hasSize(6);
            assertThat(fold.split("test")).filteredOn(of -> of.label() == 0).hasSize(3);
        }
    }

    @Test
    void noFoldIsEmpty() throws Exception {
        assertThat(set("aaaaaab", 2).folds(7, 1))
                .allSatisfy(fold -> assertThat(fold.split("test")).hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void refusesTooFewFoldsOrTooFewGroups(int folds) throws Exception {
        PictureSet set = set("aaabbbb", 1);

        assertThatThrownBy(() -> set.folds(folds, 1))
                .hasMessage("folds: " + folds + " (expected: 3..7, the number of groups)");
    }

    /** A group for each letter, which is its class. */
    private PictureSet set(String letters, int picturesEach) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int group = 0; group < letters.length(); group++) {
            for (int i = 0; i < picturesEach; i++) {
                lines.append(
                        "%d-%d.png,%s,train,g%d,00\n"
                                .formatted(group, i, letters.charAt(group), group));
            }
        }
        return open(lines);
    }

    private PictureSet random(Random random) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int group = 0; group < 20; group++) {
            String split = List.of("train", "val", "test").get(group % 3);
            for (int i = 0; i <= random.nextInt(9); i++) {
                lines.append(
                        "%d-%d.png,c%d,%s,g%d,00\n"
                                .formatted(group, i, random.nextInt(3), split, group));
            }
        }
        return open(lines);
    }

    private PictureSet open(StringBuilder lines) throws IOException {
        Files.writeString(
                folder.resolve("manifest.csv"), "file,label,split,group,sha256\n" + lines);
        return PictureSet.open(folder);
    }
}
