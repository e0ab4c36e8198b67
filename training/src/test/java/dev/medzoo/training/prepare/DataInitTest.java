package dev.medzoo.training.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.training.prepare.DataInit.Made;
import dev.medzoo.zoo.data.FaultyDataException;
import dev.medzoo.zoo.data.PictureManifest;
import dev.medzoo.zoo.data.PictureManifest.Row;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataInitTest {
    @TempDir Path folder = Path.of("");
    private Path photos = Path.of("");

    @BeforeEach
    void draw() throws Exception {
        photos = OwnPictures.inFolders(folder, 8);
    }

    private Path out() {
        return folder.resolve("my-moles");
    }

    private Made init() throws Exception {
        return new DataInit(InitOptions.of(photos, out()), progress -> {}).run();
    }

    private Made init(@Nullable String groups, boolean ignoresGiven) throws Exception {
        return new DataInit(
                        new InitOptions(
                                photos,
                                null,
                                CsvColumns.GUESSED,
                                out(),
                                groups == null ? null : Pattern.compile(groups),
                                Set.of(),
                                Shares.USUAL,
                                1,
                                ignoresGiven,
                                false),
                        progress -> {})
                .run();
    }

    private List<Row> rows() throws Exception {
        return PictureManifest.read(out()).rows();
    }

    private Row row(String file) throws Exception {
        return rows().stream().filter(row -> row.file().equals(file)).findFirst().orElseThrow();
    }

    @Test
    void foldersOfClassesBecomeADataSetThatHasNoFault() throws Exception {
        Made made = init();

        assertThat(rows()).hasSize(16);
        assertThat(row("dark/03.png").label()).isEqualTo("dark");
        assertThat(rows().stream().map(Row::split).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("train", "val", "test");
        assertThat(out().resolve("dark/03.png"))
                .hasSameBinaryContentAs(photos.resolve("dark/03.png"));
        assertThat(made.leftOut()).isEmpty();
        assertThat(made.notes())
                .containsExactly(
                        "classes: the folders in photos",
                        "groups: 16, by near-duplicates",
                        "split: made by group, about 70 % train, 15 % val, 15 % test, seed 1");
        assertThat(DataCheck.run(out(), folder.resolve("sheet.html")).faults()).isEmpty();
    }

    @Test
    void theSamePicturesGiveTheSameManifest() throws Exception {
        init();
        byte[] first = Files.readAllBytes(out().resolve("manifest.csv"));
        Files.move(out(), folder.resolve("before"));

        init();

        assertThat(Files.readAllBytes(out().resolve("manifest.csv"))).isEqualTo(first);
    }

    @Test
    void whatIsNoPictureOrIsThereTwiceIsLeftOutAndListed() throws Exception {
        byte[] whole = Files.readAllBytes(photos.resolve("dark/00.png"));
        Files.write(photos.resolve("dark/cut.png"), Arrays.copyOf(whole, 300));
        Files.write(photos.resolve("dark/copy.png"), whole);
        Files.copy(photos.resolve("dark/01.png"), photos.resolve("light/dark.png"));
        Files.writeString(photos.resolve("read me.txt"), "My pictures, of 2026");
        Files.writeString(photos.resolve("dark/.hidden"), "nothing");

        Made made = init();

        assertThat(made.leftOut().stream().map(LeftOut::file))
                .containsExactlyInAnyOrder(
                        "read me.txt",
                        "dark/cut.png",
                        "dark/copy.png",
                        "dark/01.png",
                        "light/dark.png");
        assertThat(Files.readAllLines(out().resolve("left-out.csv")))
                .contains(
                        "file,reason",
                        "dark/copy.png,the same bytes as dark/00.png",
                        "dark/01.png,\"the same bytes as light/dark.png, of class light (expected: one"
                                + " class)\"",
                        "read me.txt,in no folder of a class (expected: CLASS/read me.txt)")
                .anyMatch(line -> line.startsWith("dark/cut.png,picture: truncated"));
        assertThat(rows()).hasSize(15);
    }

    @Test
    void nearDuplicatesAreOneGroupAndPicturesOfTwoClassesAreShown() throws Exception {
        OwnPictures.write(photos.resolve("dark/00-again.bmp"), OwnPictures.picture(80, 0));
        OwnPictures.write(photos.resolve("dark/01-again.jpg"), OwnPictures.picture(170, 1001));

        Made made = init();

        assertThat(row("dark/00-again.bmp").group()).isEqualTo(row("dark/00.png").group());
        assertThat(row("dark/00-again.bmp").split()).isEqualTo(row("dark/00.png").split());
        assertThat(made.notes())
                .contains(
                        "near-duplicates: 2 pairs, which merged 18 groups into 16",
                        "check: dark/01-again.jpg and light/01.png are nearly identical, but of"
                                + " different classes");
    }

    @Test
    void aPatternNamesTheGroups() throws Exception {
        init("(\\d)\\.png", false);

        assertThat(row("dark/03.png").group()).isEqualTo("3");
        assertThat(row("light/03.png").group()).isEqualTo("3");
    }

    @Test
    void aPatternThatIsNotInEveryNameIsRefused() {
        assertThatThrownBy(() -> init("dark/(\\d+)", false))
                .isInstanceOf(FaultyDataException.class)
                .hasMessage(
                        "--group-regex: dark/(\\d+) not found in 8 of 16 paths, such as light/00.png"
                                + " (expected: in each)");
        assertThat(out()).doesNotExist();
    }

    @Test
    void patientsOfDicomFilesAreGroupsWhoseNamesTellNobody() throws Exception {
        for (int i = 0; i < 8; i++) {
            Files.write(
                    photos.resolve("dark/" + i + ".dcm"), OwnPictures.dicom("PAT-0" + i / 2, i));
        }

        Made made = init();

        assertThat(row("dark/0.dcm").group())
                .matches("patient-[0-9a-f]{16}")
                .isEqualTo(row("dark/1.dcm").group())
                .isNotEqualTo(row("dark/2.dcm").group());
        assertThat(Files.readString(out().resolve("manifest.csv"))).doesNotContain("PAT");
        assertThat(made.notes())
                .contains(
                        "groups: 20, by the hashed patient IDs of 8 DICOM files, and by"
                                + " near-duplicates");
    }

    @Test
    void aClassWithTooFewPicturesIsRefusedAndNothingIsWritten() throws Exception {
        OwnPictures.write(photos.resolve("odd/1.png"), OwnPictures.picture(120, 77));

        assertThatThrownBy(this::init)
                .hasMessageStartingWith("class odd: 1 pictures in 1 groups (expected: at least 3");
        assertThat(out()).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**my-moles.*");
    }

    @Test
    void foldersOfASplitAreTheSplitAndAMissingSideIsMadeOfTrain() throws Exception {
        Path given = folder.resolve("given");
        for (int i = 0; i < 6; i++) {
            String side = i < 4 ? "training" : "Test";
            for (String label : List.of("dark", "light")) {
                Path to = given.resolve("%s/%s/%d.png".formatted(side, label, i));
                Files.createDirectories(to.getParent());
                Files.copy(photos.resolve("%s/0%d.png".formatted(label, i)), to);
            }
        }
        photos = given;

        Made made = init();

        assertThat(row("Test/dark/4.png").split()).isEqualTo("test");
        assertThat(rows().stream().filter(row -> row.split().equals("test"))).hasSize(4);
        assertThat(rows().stream().filter(row -> row.split().equals("val"))).hasSize(2);
        assertThat(made.notes())
                .contains(
                        "classes: the folders in train, val and test",
                        "split: test and train as the pictures came; val taken from train by"
                                + " group, seed 1");
    }

    @Test
    void aGivenSplitWithNearDuplicatesOnTwoSidesIsRefusedUnlessDealtAnew() throws Exception {
        Path given = folder.resolve("given");
        for (String side : List.of("train", "val", "test")) {
            for (int i = 0; i < 2; i++) {
                int number = side.length() + i;
                OwnPictures.write(
                        given.resolve("%s/dark/%d.png".formatted(side, number)),
                        OwnPictures.picture(80, number));
                OwnPictures.write(
                        given.resolve("%s/light/%d.bmp".formatted(side, number)),
                        OwnPictures.picture(170, side.hashCode() + i));
            }
        }
        OwnPictures.write(given.resolve("train/dark/as-val.bmp"), OwnPictures.picture(80, 3));
        photos = given;

        assertThatThrownBy(this::init)
                .hasMessageContaining("groups are in two splits")
                .hasMessageContaining("--new-split");
        init(null, true);

        assertThat(row("train/dark/as-val.bmp").split()).isEqualTo(row("val/dark/3.png").split());
    }

    @Test
    void aFolderThatIsThereIsNeverWrittenInto() throws Exception {
        init();

        assertThatThrownBy(this::init).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void inPlaceTheManifestIsAllThatIsAdded() throws Exception {
        new DataInit(InitOptions.of(photos, photos), progress -> {}).run();

        assertThat(photos.resolve("manifest.csv")).exists();
        assertThat(DataCheck.run(photos, folder.resolve("sheet.html")).faults()).isEmpty();
        assertThatThrownBy(() -> new DataInit(InitOptions.of(photos, photos), progress -> {}).run())
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void aFileTooLargeToBeReadIsLeftOutAndIsAFaultLater() throws Exception {
        long size = 3L << 30;
        try (RandomAccessFile sparse =
                new RandomAccessFile(photos.resolve("dark/huge.jpg").toFile(), "rw")) {
            sparse.setLength(size);
        }

        assertThat(init().leftOut())
                .containsExactly(
                        new LeftOut(
                                "dark/huge.jpg",
                                "picture: too many bytes (expected: at most 67108864)"));
        try (RandomAccessFile sparse =
                new RandomAccessFile(out().resolve("dark/03.png").toFile(), "rw")) {
            sparse.setLength(size);
        }
        assertThat(DataCheck.run(out(), folder.resolve("sheet.html")).faults())
                .singleElement()
                .asString()
                .contains("dark/03.png", "too many bytes (expected: at most 67108864)");
    }

    @Test
    void aBackslashInANameIsNoFolder() throws Exception {
        OwnPictures.write(photos.resolve("dark/a/b.png"), OwnPictures.picture(80, 21));
        OwnPictures.write(photos.resolve("dark/a\\b.png"), OwnPictures.picture(80, 22));
        Path table =
                Files.writeString(
                        photos.resolve("table.csv"),
                        Files.readString(table()) + "dark/a/b.png,dark\ndark/a\\b.png,dark\n");

        init();
        assertThat(out().resolve("dark/a/b.png"))
                .hasSameBinaryContentAs(photos.resolve("dark/a/b.png"));
        assertThat(out().resolve("dark/a\\b.png"))
                .hasSameBinaryContentAs(photos.resolve("dark/a\\b.png"));

        new DataInit(InitOptions.of(table, folder.resolve("tabled")), progress -> {}).run();
        assertThat(folder.resolve("tabled/dark/a\\b.png"))
                .hasSameBinaryContentAs(photos.resolve("dark/a\\b.png"));
    }

    /** A table of the drawn pictures. */
    private Path table() throws Exception {
        StringBuilder table = new StringBuilder("file,label\n");
        for (int i = 0; i < 8; i++) {
            table.append("dark/%02d.png,dark\nlight/%02d.png,light\n".formatted(i, i));
        }
        return Files.writeString(folder.resolve("drawn.csv"), table);
    }

    @Test
    void aFolderWithoutAnyPictureIsNamed() throws Exception {
        Files.createDirectories(photos.resolve("blister/old"));
        Files.createDirectory(photos.resolve(".thumbnails"));

        DataInit.Made made = new DataInit(InitOptions.of(photos, photos), progress -> {}).run();

        assertThat(made.notes())
                .contains(
                        "warning: blister: no file in the folder, so there is no such class (expected: pictures, or no folder)");
        assertThat(made.notes().toString()).doesNotContain("thumbnails", "blister/old");
    }

    @Test
    void aFullDiskLeavesNoHalfManifest() throws Exception {
        Files.createSymbolicLink(photos.resolve("manifest.csv.new"), Path.of("/dev/full"));

        assertThatThrownBy(() -> new DataInit(InitOptions.of(photos, photos), progress -> {}).run())
                .isInstanceOf(FileSystemException.class)
                .hasMessage(photos.resolve("manifest.csv.new") + ": No space left on device");
        assertThat(photos.resolve("manifest.csv")).doesNotExist();
        assertThat(photos.resolve("manifest.csv.new")).doesNotExist();
    }

    /** The folder of the other run appears while this one reads. */
    @Test
    void ofTwoRunsAtOnceTheSlowerIsToldThatTheFolderExists() throws Exception {
        DataInit slower =
                new DataInit(
                        InitOptions.of(photos, out()),
                        progress -> out().resolve("dark").toFile().mkdirs());

        assertThatThrownBy(slower::run)
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(out().toString());
        assertThat(folder).isDirectoryNotContaining("glob:**/my-moles.*");
        assertThat(out()).isDirectoryContaining("glob:**/dark");
    }
}
