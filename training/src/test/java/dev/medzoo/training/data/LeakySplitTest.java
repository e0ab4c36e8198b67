package dev.medzoo.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeakySplitTest {
    @TempDir Path folder = Path.of("");

    /** 60 pictures of "once", each published once, and 40 of "twice", two of each group. */
    @BeforeEach
    void write() throws IOException {
        StringBuilder manifest = new StringBuilder("file,label,split,group,sha256,note\n");
        for (int i = 0; i < 100; i++) {
            String split = i % 10 < 6 ? "train" : i % 10 < 8 ? "val" : "test";
            manifest.append(
                    i < 60
                            ? "%d.png,once,%s,g%d,00,\n".formatted(i, split, i / 2)
                            : "%d.png,twice,%s,g%d,00,size=9;copies=2\n"
                                    .formatted(i, split, i / 2));
        }
        Files.writeString(folder.resolve("manifest.csv"), manifest);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyPictureStandsAsOftenAsItWasPublishedAndSplitsKeepTheirShareOfEachClass(long seed)
            throws Exception {
        PictureSet leaky = PictureSet.open(folder).leaky(seed);

        Map<Path, Integer> copies = new HashMap<>();
        leaky.all().forEach(of -> copies.merge(of.file(), 1, Integer::sum));
        assertThat(copies).hasSize(100);
        leaky.all().forEach(of -> assertThat(copies).containsEntry(of.file(), of.label() + 1));
        assertThat(leaky.sizes()).isEqualTo(Map.of("train", 84, "val", 28, "test", 28));
        assertThat(leaky.split("test")).filteredOn(of -> of.label() == 0).hasSize(12);
        assertThat(leaky.all()).doesNotHaveDuplicates();
    }

    @Test
    void copiesAndGroupsStandOnBothSides() throws Exception {
        PictureSet leaky = PictureSet.open(folder).leaky(1);

        Set<Path> learnt = new HashSet<>();
        Set<String> groups = new HashSet<>();
        for (LabelledPicture of : leaky.split("train")) {
            learnt.add(of.file());
            groups.add(of.group());
        }
        List<LabelledPicture> test = leaky.split("test");
        assertThat(test).filteredOn(of -> learnt.contains(of.file())).isNotEmpty();
        assertThat(test).filteredOn(of -> groups.contains(of.group())).hasSizeGreaterThan(14);
    }

    @Test
    void aShareOfTheLabelsKeepsSingleCopies() throws Exception {
        PictureSet few = PictureSet.open(folder).leaky(1).withTrainShare(0.05, 1);

        assertThat(few.split("train")).hasSize(4).filteredOn(of -> of.label() == 1).hasSize(2);
    }

    @Test
    void theSeedDecidesTheSplit() throws Exception {
        PictureSet set = PictureSet.open(folder);

        assertThat(set.leaky(3).split("test"))
                .isEqualTo(set.leaky(3).split("test"))
                .isNotEqualTo(set.leaky(4).split("test"));
    }

    @Test
    void aPictureWithoutCopiesIsRefused() throws Exception {
        Path manifest = folder.resolve("manifest.csv");
        Files.writeString(manifest, Files.readString(manifest).replace("copies=2", "copies=0"));
        PictureSet set = PictureSet.open(folder);

        assertThatThrownBy(() -> set.leaky(1))
                .hasMessage("note: size=9;copies=0 of 60.png (expected: at least one copy)");
    }
}
