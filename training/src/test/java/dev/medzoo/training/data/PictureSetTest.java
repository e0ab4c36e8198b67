package dev.medzoo.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureSetTest {
    private static final String HEADER = "file,label,split,group,sha256\n";

    @TempDir Path folder = Path.of("");

    @Test
    void readsLabelsInAlphabeticalOrderAndEverySplit() throws Exception {
        PictureSet set = PictureSet.open(DrawnPictureSet.in(folder));

        assertThat(set.name()).isEqualTo("drawn_2class");
        assertThat(set.labels()).containsExactly("dark", "light");
        assertThat(set.sizes()).isEqualTo(Map.of("test", 10, "train", 24, "val", 8));
        assertThat(set.manifestSha256()).hasSize(64);
    }

    @Test
    void refusesAFolderWithoutManifest() {
        assertThatThrownBy(() -> PictureSet.open(folder)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refusesAnUnknownSplit() throws Exception {
        PictureSet set = PictureSet.open(DrawnPictureSet.in(folder));

        assertThatThrownBy(() -> set.split("tset"))
                .hasMessage("split: tset (expected one of: [test, train, val])");
    }

    @Test
    void refusesAManifestWithoutAColumn() throws Exception {
        write("file,label\na.png,x\n");

        assertThatThrownBy(() -> PictureSet.open(folder))
                .hasMessageContaining("column split: missing (expected: a value on every line)");
    }

    @Test
    void refusesAnEmptyManifest() throws Exception {
        write(HEADER);

        assertThatThrownBy(() -> PictureSet.open(folder))
                .hasMessageContaining("no picture (expected: some)");
    }

    @Test
    void refusesAGroupOnTwoSidesOfASplit() throws Exception {
        write(HEADER + "a.png,x,train,patient7,00\nb.png,x,test,patient7,00\n");

        assertThatThrownBy(() -> PictureSet.open(folder))
                .hasMessage(
                        "group: patient7 in test (%s/manifest.csv line 3) and train"
                                        .formatted(folder.getFileName())
                                + " (%s/manifest.csv line 2) (expected: in one split)"
                                        .formatted(folder.getFileName()));
    }

    @Test
    void refusesAFileOutsideTheFolder() throws Exception {
        write(HEADER + "../a.png,x,train,g,00\n");

        assertThatThrownBy(() -> PictureSet.open(folder))
                .hasMessageContaining("file: ../a.png (expected: inside the folder)");
    }

    @Test
    void aChangedPictureIsNotTrainedOn() throws Exception {
        Path drawn = DrawnPictureSet.in(folder);
        Files.write(drawn.resolve("val/0.png"), DrawnPicture.png(DrawnPicture.of(40, 40, 99)));
        PictureSet set = PictureSet.open(drawn);

        assertThatThrownBy(() -> new PictureReader(0).read(set.split("val").get(0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("0.png: sha256 ")
                .hasMessageContaining("(expected: ");
    }

    private void write(String manifest) throws IOException {
        Files.writeString(folder.resolve("manifest.csv"), manifest);
    }
}
