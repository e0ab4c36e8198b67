package dev.medzoo.training.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.zoo.data.PictureManifest;
import dev.medzoo.zoo.data.PictureManifest.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSplitTest {
    @TempDir Path folder = Path.of("");
    private Path data = Path.of("");

    @BeforeEach
    void make() throws Exception {
        data = folder.resolve("my-moles");
        Path photos = OwnPictures.inFolders(folder, 9);
        new DataInit(InitOptions.of(photos, data), progress -> {}).run();
    }

    private List<Row> rows() throws Exception {
        return PictureManifest.read(data).rows();
    }

    private List<String> splits() throws Exception {
        return rows().stream().map(Row::split).toList();
    }

    @Test
    void anotherSeedDealsOtherwiseAndTheOldManifestStays() throws Exception {
        byte[] before = Files.readAllBytes(data.resolve("manifest.csv"));
        List<String> old = splits();

        DataSplit.NewSplit split = new DataSplit(data).byShares(Shares.USUAL, 2);

        assertThat(splits()).isNotEqualTo(old).contains("train", "val", "test");
        assertThat(Files.readAllBytes(split.before())).isEqualTo(before);
        new DataSplit(data).byShares(Shares.USUAL, 1);
        assertThat(Files.readAllBytes(data.resolve("manifest.csv"))).isEqualTo(before);
    }

    @Test
    void everyPictureIsTestInOneFoldAlone() throws Exception {
        Set<String> tested = new HashSet<>();
        for (int fold = 1; fold <= 3; fold++) {
            new DataSplit(data).byFold(3, fold, 1);
            for (Row row : rows()) {
                if (row.split().equals("test")) {
                    assertThat(tested.add(row.file())).isTrue();
                }
            }
        }

        assertThat(tested).hasSize(18);
        assertThatThrownBy(() -> new DataSplit(data).byFold(3, 4, 1))
                .hasMessage("fold: 4 (expected: 1..3)");
    }

    @Test
    void columnsOfOnesOwnStay() throws Exception {
        Path file = data.resolve("manifest.csv");
        List<String> lines =
                Files.readAllLines(file).stream()
                        .map(line -> line.startsWith("file,") ? line + ",who" : line + ",\"a, b\"")
                        .toList();
        Files.write(file, lines);

        new DataSplit(data).byShares(Shares.USUAL, 3);

        assertThat(Files.readAllLines(file).get(0)).endsWith(",sha256,who");
        assertThat(Files.readAllLines(file).get(1)).endsWith(",\"a, b\"");
    }

    @Test
    void aCheckTellsTheTableTheSizesAndAllFaultsAtOnce() throws Exception {
        Path sheet = folder.resolve("sheet.html");
        Row first = rows().get(0);
        Files.delete(data.resolve(first.file()));
        Path changed = data.resolve(rows().get(1).file());
        OwnPictures.write(changed, OwnPictures.picture(50, 5555));

        DataCheck.Seen seen = DataCheck.run(data, sheet);

        assertThat(seen.faults())
                .hasSize(2)
                .anyMatch(fault -> fault.contains(first.file() + ": absent"))
                .anyMatch(fault -> fault.contains("sha256"));
        assertThat(seen.table().rows().get(0))
                .containsExactly("class", "train", "val", "test", "all");
        assertThat(seen.table().rows().get(3).get(4)).isEqualTo("18 in 18 groups");
        assertThat(seen.sizes().get(0)).isEqualTo("pictures: width 24, height 24 pixels");
        assertThat(Files.readString(sheet))
                .contains("2 faults", "dark, train", "<img src=\"data:image/jpeg;base64,")
                .doesNotContain("<script");
    }
}
