package dev.medzoo.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.recipe.Yaml;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.data.FaultyDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                "a8,nv,test,g8,clinic",
                "a9,bkl,test,g9,clinic");
        manifest(
                "photos",
                "b1,mel,train,h1,old; cleaned",
                "b2,sk,train,h2,new",
                "b3,sk,test,h3,new",
                "b4,other,train,h4,new");
    }

    private void manifest(String name, String... rows) throws IOException {
        Path set = Files.createDirectories(folder.resolve(name));
        Files.writeString(set.resolve("manifest.csv"), "file,label,split,group,sha256,note\n");
        add(name, rows);
    }

    private void add(String name, String... rows) throws IOException {
        List<String> lines = new ArrayList<>();
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
        Files.write(folder.resolve(name).resolve("manifest.csv"), lines, StandardOpenOption.APPEND);
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
        assertThat(files(sets.split("test")))
                .containsExactly("a7.png", "a8.png", "a9.png", "b3.png");
        assertThat(sets.with("val")).hasSize(1);
        assertThat(sets.leftOut(0)).isEmpty();
        assertThat(sets.leftOut(1)).containsExactly("b4.png");
    }

    @Test
    void everyFaultIsToldAtOnce() throws Exception {
        add("moles", "a10,nv,tset,g10,phone", "a11,nv,tset,g11,phone", "a12,mel,train,g7,phone");

        assertThatThrownBy(
                        () ->
                                open(
                                        List.of("bkl", "mel", "nv", "vasc"),
                                        "{name: moles, classes: {sk: bkl}}",
                                        "{name: photos, classes: {sk: wart}, splits: [train, exam],"
                                                + " leaveOut: {files: [b9.png], notes: [used]}}"))
                .isInstanceOf(FaultyDataException.class)
                .extracting(e -> ((FaultyDataException) e).faults(), LIST)
                .containsExactly(
                        "classes of moles: sk (expected: some of [bkl, mel, nv])",
                        "moles/manifest.csv lines 11, 12: split: tset (expected: train, val or test,"
                                + " or not among the recipe's `splits`)",
                        "classes of photos: sk as wart (expected: as one of [bkl, mel, nv, vasc])",
                        "splits of photos: exam (expected: some of [test, train])",
                        "leaveOut of photos: used (expected: some of [new, old])",
                        "leaveOut of photos: b9.png (expected: a file of the manifest)",
                        "photos/manifest.csv line 5: label: other (expected: one of [bkl, mel, nv,"
                                + " vasc], mapped to one, or left out)",
                        "group: g7 in test (moles/manifest.csv line 8) and train (moles/manifest.csv"
                                + " line 13) (expected: in one split)",
                        "train: no picture of vasc (expected: some of each of [bkl, mel, nv, vasc])",
                        "val: no picture of vasc (expected: some of each of [bkl, mel, nv, vasc])",
                        "test: no picture of vasc (expected: some of each of [bkl, mel, nv, vasc])");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "val", "test"})
    void aSplitThatLacksAClassIsRefused(String split) throws Exception {
        Path manifest = folder.resolve("moles/manifest.csv");
        List<String> lines = Files.readAllLines(manifest);
        lines.removeIf(line -> line.contains(",mel," + split + ","));
        Files.write(manifest, lines);

        assertThatThrownBy(() -> open(null, "{name: moles}"))
                .hasMessage(
                        split + ": no picture of mel (expected: some of each of [bkl, mel, nv])");
    }

    @Test
    void manifestsThatCannotBeReadAreToldTogether() throws Exception {
        manifest("photos");

        assertThatThrownBy(() -> open(null, "{name: moles}", "{name: photos}", "{name: none}"))
                .isInstanceOf(FaultyDataException.class)
                .hasMessage(
                        "photos/manifest.csv: no picture (expected: some); "
                                + folder.resolve("none/manifest.csv")
                                + ": absent (expected: the list of the pictures of none)");
    }

    @Test
    void aGroupOnTwoSidesOfTwoSetsIsRefused() throws Exception {
        manifest("photos", "b1,mel,train,g7,old");

        assertThatThrownBy(() -> open(null, "{name: moles}", "{name: photos}"))
                .hasMessage(
                        "group: g7 in test (moles/manifest.csv line 8) and train"
                                + " (photos/manifest.csv line 2) (expected: in one split)");
    }

    @Test
    void theSameBytesMayNotHaveTwoLabels() throws Exception {
        Path manifest = folder.resolve("moles/manifest.csv");
        Files.writeString(manifest, Files.readString(manifest).replace("a300", "A200"));

        assertThatThrownBy(() -> open(null, "{name: moles}"))
                .hasMessage(
                        "moles/manifest.csv line 4: a3.png is a2.png too, moles/manifest.csv line 3"
                                + " (expected: one label)");
    }

    @Test
    void picturesAreLeftOutByLabelNoteAndFile() throws Exception {
        add("moles", "a10,mel,test,g10,clinic");

        PictureSets sets =
                open(
                        null,
                        "{name: moles, leaveOut: {files: [a7.png]}}",
                        "{name: photos, leaveOut: {labels: [other, sk], notes: [new]}}");

        assertThat(files(sets.split("train")))
                .containsExactly("a1.png", "a2.png", "a3.png", "b1.png");
        assertThat(files(sets.split("test"))).containsExactly("a8.png", "a9.png", "a10.png");
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
        assertThat(sets.subgroups("test").get("new")).containsExactly(3);
    }

    @Test
    void aPictureInTwoSetsIsRefused() throws Exception {
        manifest("photos", "a1,mel,train,h1,old");

        assertThatThrownBy(() -> open(null, "{name: moles}", "{name: photos}"))
                .hasMessage(
                        "photos/manifest.csv line 2: a1.png is a1.png too, moles/manifest.csv line 2"
                                + " (expected: in one set, or left out)");
    }
}
