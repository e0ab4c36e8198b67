package dev.medzoo.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.study.ScoredPictures.Picture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakyPicturesTest {
    @TempDir Path folder = Path.of("");

    @Test
    void namesThePicturesOfEachSplitInTheOrderThatRunsSeeThem() throws Exception {
        PictureSet set = PictureSet.open(written());

        LeakyPictures pictures = LeakyPictures.of(set, List.of(1L, 2L));

        assertThat(pictures.pictures()).hasSize(40);
        for (long seed : new long[] {1, 2}) {
            for (String split : List.of("train", "val", "test")) {
                List<LabelledPicture> seen = set.leaky(seed).split(split);
                List<Picture> named = pictures.split(split, seed);
                assertThat(named)
                        .extracting(Picture::file)
                        .isEqualTo(seen.stream().map(this::file).toList());
                assertThat(named)
                        .extracting(Picture::label)
                        .isEqualTo(seen.stream().map(LabelledPicture::label).toList());
                assertThat(named)
                        .extracting(Picture::group)
                        .isEqualTo(seen.stream().map(LabelledPicture::group).toList());
            }
        }
    }

    @Test
    void isReadAsItWasWritten() throws Exception {
        LeakyPictures pictures = LeakyPictures.of(PictureSet.open(written()), List.of(3L));
        Path file = folder.resolve("pictures-leak.json");

        pictures.write(file);

        assertThat(LeakyPictures.read(file)).isEqualTo(pictures);
    }

    @Test
    void everyCopyHasALetter() {
        List<LeakyPictures.Picture> twice = List.of(new LeakyPictures.Picture("a", 0, "g", 2));

        assertThatThrownBy(() -> new LeakyPictures("00", twice, Map.of(1L, "-")))
                .hasMessage("splits: 1 letters (expected: 2, one for each copy)");
    }

    private String file(LabelledPicture of) {
        return folder.relativize(of.file()).toString();
    }

    /** 40 pictures of two classes in twenty groups, each third one published twelve times. */
    private Path written() throws Exception {
        StringBuilder manifest = new StringBuilder("file,label,split,group,sha256,note\n");
        for (int i = 0; i < 40; i++) {
            manifest.append(
                    "%s/%d.png,%s,%s,g%d,00,copies=%d\n"
                            .formatted(
                                    i % 2 == 0 ? "dark" : "light",
                                    i,
                                    i % 2 == 0 ? "dark" : "light",
                                    List.of("train", "train", "val", "test").get(i / 2 % 4),
                                    i / 2,
                                    i % 3 == 0 ? 12 : 1));
        }
        Files.writeString(folder.resolve("manifest.csv"), manifest);
        return folder;
    }
}
