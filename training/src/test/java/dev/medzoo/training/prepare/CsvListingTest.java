package dev.medzoo.training.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.medzoo.training.prepare.Listing.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvListingTest {
    @TempDir Path folder = Path.of("");

    @BeforeEach
    void draw() throws Exception {
        OwnPictures.inFolders(folder, 2);
    }

    private Listing listing(CsvColumns columns, String... lines) throws Exception {
        Path csv = folder.resolve("table.csv");
        Files.writeString(csv, String.join("\n", lines));
        return CsvListing.of(csv, folder, columns);
    }

    @Test
    void usualNamesOfColumnsAreFoundWhateverElseTheTableHas() throws Exception {
        Files.copy(folder.resolve("photos/dark/00.png"), folder.resolve("photos/ISIC_7.png"));

        Listing listing =
                listing(
                        CsvColumns.GUESSED,
                        "lesion_id;age;image_id;dx",
                        "L1;60;photos/light/00.png;nv",
                        "L1;;ISIC_7;mel");

        assertThat(listing.notes())
                .containsExactly(
                        "columns: file is `image_id`, label is `dx`, group is `lesion_id`");
        assertThat(listing.files())
                .extracting(Entry::file, Entry::label, Entry::group, Entry::split)
                .containsExactly(
                        tuple("photos/ISIC_7.png", "mel", "L1", null),
                        tuple("photos/light/00.png", "nv", "L1", null));
        assertThat(listing.leftOut()).isEmpty();
    }

    @Test
    void linesThatCannotBeUsedAreLeftOutEachWithItsReason() throws Exception {
        Listing listing =
                listing(
                        CsvColumns.GUESSED,
                        "file,label,split",
                        "photos/dark/00.png,dark,train",
                        "photos/dark/00.png,dark,train",
                        "photos/dark/01.png,,train",
                        "photos/light/00.png,light,exam",
                        "00.png,dark,test",
                        "../secret.png,dark,test",
                        ",dark,test");

        assertThat(listing.files()).extracting(Entry::split).containsExactly("train");
        assertThat(listing.leftOut())
                .extracting(LeftOut::reason)
                .containsExactly(
                        "table.csv line 3: on line 2 too (expected: on one line)",
                        "table.csv line 4: no label (expected: a value in every line)",
                        "table.csv line 5: split: exam (expected: train, val or test)",
                        "table.csv line 6: no file (expected: one file of this name in %s)"
                                .formatted(folder.getFileName()),
                        "table.csv line 7: no file (expected: one file of this name in %s)"
                                .formatted(folder.getFileName()),
                        "table.csv line 8: no file (expected: one file of this name in %s)"
                                .formatted(folder.getFileName()));
    }

    @Test
    void columnsMayBeNamedAndAWrongNameIsToldWithThoseThereAre() throws Exception {
        Listing listing =
                listing(
                        new CsvColumns("bild", "befund", null, null),
                        "bild,befund,label",
                        "photos/dark/00.png,auffällig,3");

        assertThat(listing.files()).extracting(Entry::label).containsExactly("auffällig");
        assertThatThrownBy(
                        () ->
                                listing(
                                        new CsvColumns(null, null, "who", null),
                                        "file,label",
                                        "a.png,b"))
                .hasMessage(
                        "--group-column: who (expected: one of [file, label], the columns of"
                                + " table.csv)");
    }

    @Test
    void aTableWithoutLabelsIsRefusedWithTheOptionThatNamesThem() {
        assertThatThrownBy(() -> listing(CsvColumns.GUESSED, "file,age", "a.png,60"))
                .hasMessageStartingWith("table.csv: columns [file, age] (expected: one of [label,")
                .hasMessageEndingWith("or --label-column NAME)");
    }
}
