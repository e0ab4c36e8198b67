package dev.medzoo.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.recipe.Yaml;
import dev.medzoo.translate.InputSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two folders: moles of four kinds, and photographs that call one of them otherwise. */
class PictureSetsTest {
    @TempDir Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        manifest(
                "moles",
                "a1,bkl,train,g1,phone",
                "a2,mel,train,g2,phone",
                "a3,nv,train,g3,clinic",
                "a4,bkl,val,g4,phone",
                "a5,mel,val,g5,phone",
                "a6,nv,val,g6,clinic",
                "a7,mel,test,g7,clinic",
                "a8,nv,test,g8,clinic");
        manifest(
                "photos",
                "b1,mel,train,h1,old; cleaned",
                "b2,sk,train,h2,new",
                "b3,sk,test,h3,new",
                "b4,other,train,h4,new");
    }

    private void manifest(String name, String... rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of("file,label,split,group,sha256,note"));
        for (String row : rows) {
            List<String> cells = List.of(row.split(",", -1));
            lines.add(
                    "%s.png,%s,%s,%s,%s,%s"
                            .formatted(
                                    cells.get(0),
                                    cells.get(1),
                                    cells.get(2),
                                    cells.get(3),
                                    cells.get(0) + "00",
                                    cells.get(4)));
        }
        Path set = Files.createDirectories(folder.resolve(name));
        Files.write(set.resolve("manifest.csv"), lines);
    }

    private PictureSets open(@Nullable List<String> labels, String... uses) throws IOException {
        List<DataSetUse> all =
                Stream.of(uses).map(use -> Yaml.parse(use, "use", DataSetUse.class)).toList();
        List<Path> folders = all.stream().map(use -> folder.resolve(use.name())).toList();
        return PictureSets.open(folders, all, labels);
    }

    private static List<String> files(List<LabelledPicture> pictures) {
        return pictures.stream().map(of -> of.file().getFileName().toString()).toList();
    }

    @Test
    void aSetsClassesAreCalledAsTheFirstSetsAre() throws Exception {
        PictureSets sets =
                open(
                        null,
                        "{name: moles}",
                        "{name: photos, classes: {sk: bkl}, leaveOut: {labels: [other]}}");

        assertThat(sets.labels()).containsExactly("bkl", "mel", "nv");
        assertThat(files(sets.split("train")))
                .containsExactly("a1.png", "a2.png", "a3.png", "b1.png", "b2.png");
        assertThat(sets.split("train"))
                .extracting(LabelledPicture::label)
                .containsExactly(0, 1, 2, 1, 0);
        assertThat(files(sets.split("test"))).containsExactly("a7.png", "a8.png", "b3.png");
        assertThat(sets.with("val")).hasSize(1);
        assertThat(sets.leftOut(0)).isEmpty();
        assertThat(sets.leftOut(1)).containsExactly("b4.png");
    }

    @Test
    void everyFaultIsToldAtOnce() {
        assertThatThrownBy(
                        () ->
                                open(
                                        List.of("bkl", "mel", "nv", "vasc"),
                                        "{name: moles, classes: {sk: bkl}}",
                                        "{name: photos, classes: {sk: wart}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("classes of moles: sk (expected: some of [bkl, mel, nv])")
                .hasMessageContaining(
                        "classes of photos: sk as wart (expected: as one of [bkl, mel, nv, vasc])")
                .hasMessageContaining(
                        "train of photos: [other] (expected: one of [bkl, mel, nv, vasc], mapped to"
                                + " one, or left out)");
    }

    @Test
    void aLabelWithoutPicturesToLearnOrToChooseByIsRefused() {
        assertThatThrownBy(() -> open(List.of("bkl", "mel", "nv", "vasc"), "{name: moles}"))
                .hasMessage(
                        "train: no picture of vasc (expected: some of each of [bkl, mel, nv, vasc]);"
                                + " val: no picture of vasc (expected: some of each of [bkl, mel, nv,"
                                + " vasc])");
    }

    @Test
    void aGroupOnTwoSidesOfTwoSetsIsRefused() throws Exception {
        manifest("photos", "b1,mel,train,g7,old");

        assertThatThrownBy(() -> open(null, "{name: moles}", "{name: photos}"))
                .hasMessage("group: g7 in test and train (expected: in one split)");
    }

    @Test
    void picturesAreLeftOutByLabelNoteAndFile() throws Exception {
        PictureSets sets =
                open(
                        null,
                        "{name: moles, leaveOut: {files: [a7.png]}}",
                        "{name: photos, leaveOut: {labels: [other, sk], notes: [new]}}");

        assertThat(files(sets.split("train")))
                .containsExactly("a1.png", "a2.png", "a3.png", "b1.png");
        assertThat(files(sets.split("test"))).containsExactly("a8.png");
    }

    @Test
    void aSetMayBeForTestsAlone() throws Exception {
        PictureSets sets =
                open(null, "{name: moles}", "{name: photos, classes: {sk: bkl}, splits: [test]}");

        assertThat(sets.with("train")).hasSize(1);
        assertThat(sets.shares()).containsExactly(3.0, 0.0);
        assertThat(sets.with("test")).hasSize(2);
    }

    @Test
    void aSetsFormGoesWithItsPictures() throws Exception {
        PictureSets sets =
                open(
                        null,
                        "{name: moles}",
                        "{name: photos, classes: {sk: bkl}, splits: [test], form: {width: 341,"
                                + " height: 224}}");

        assertThat(sets.with("test").get(1).split("test").get(0).form())
                .isEqualTo(new InputSize(341, 224));
        assertThat(sets.with("test").get(0).split("test").get(0).form()).isNull();
    }

    @Test
    void everySetGivesItsShareOfEveryRound() throws Exception {
        PictureSets sets =
                open(
                        null,
                        "{name: moles, share: 3}",
                        "{name: photos, classes: {sk: bkl}, share: 1, leaveOut: {labels: [other]}}");
        SetsSampler sampler = new SetsSampler(sets, 1, 5);

        for (int round = 0; round < 4; round++) {
            List<String> drawn = files(sampler.round(round, 40));
            assertThat(drawn).hasSize(40);
            assertThat(drawn.stream().filter(file -> file.startsWith("b"))).hasSize(10);
            assertThat(sampler.round(round, 40))
                    .isEqualTo(new SetsSampler(sets, 1, 5).round(round, 40));
        }
    }

    @Test
    void oneSetIsDrawnAsItsOwnSamplerDoes() throws Exception {
        PictureSets sets = open(null, "{name: moles}");

        assertThat(new SetsSampler(sets, 0.5, 9).round(2, 30))
                .isEqualTo(new Sampler(sets.split("train"), 0.5, 9).round(2, 30));
    }

    @Test
    void subgroupsAreFoundByTheirFiles() throws Exception {
        PictureSets sets =
                open(
                        null,
                        "{name: moles, subgroups: {odd: 'a[1357].png', none: zebra}}",
                        "{name: photos, classes: {sk: bkl}, leaveOut: {labels: [other]}, subgroups:"
                                + " {new: '^b3'}}");

        assertThat(sets.subgroups("test")).containsOnlyKeys("odd", "new");
        assertThat(sets.subgroups("test").get("odd")).containsExactly(0);
        assertThat(sets.subgroups("test").get("new")).containsExactly(2);
    }

    @Test
    void aPictureInTwoSetsIsRefused() throws Exception {
        manifest("photos", "a1,mel,train,h1,old");

        assertThatThrownBy(() -> open(null, "{name: moles}", "{name: photos}"))
                .hasMessage("a1.png of photos: in moles too (expected: in one, or left out)");
    }
}
