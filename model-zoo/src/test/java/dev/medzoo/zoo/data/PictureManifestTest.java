package dev.medzoo.zoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.zoo.data.PictureManifest.Row;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureManifestTest {
    private static final String PLAIN =
            """
            file,label,split,group,sha256,note
            a.png,skin,train,g0,a8f3,"one, two"
            b.png,wound,val,g1,2445,
            """;

    private Path folder = Path.of("");

    @BeforeEach
    void make(@TempDir Path parent) throws IOException {
        folder = Files.createDirectory(parent.resolve("moles"));
    }

    private PictureManifest read(String text) throws IOException {
        return read(text, StandardCharsets.UTF_8);
    }

    private PictureManifest read(String text, Charset charset) throws IOException {
        Files.write(folder.resolve("manifest.csv"), text.getBytes(charset));
        return PictureManifest.read(folder);
    }

    @Test
    void aRowKnowsItsLine() throws Exception {
        assertThat(read(PLAIN).rows())
                .containsExactly(
                        new Row(2, "a.png", "skin", "train", "g0", "a8f3", null, "one, two"),
                        new Row(3, "b.png", "wound", "val", "g1", "2445", null, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t"})
    void otherSignsDivideTheColumnsToo(String separator) throws Exception {
        List<Row> rows = read(PLAIN).rows();

        assertThat(read(PLAIN.replaceAll(",(?! )", separator)).rows()).isEqualTo(rows);
    }

    @Test
    void aByteOrderMarkAndLineEndsOfWindowsChangeNothing() throws Exception {
        List<Row> rows = read(PLAIN).rows();

        assertThat(read("\ufeff" + PLAIN.replace("\n", "\r\n")).rows()).isEqualTo(rows);
    }

    @Test
    void blankLinesAreSkippedAndCounted() throws Exception {
        String gaps = PLAIN.replace("\nb.png", "\n\n  \n,,,,,\nb.png") + "\n\n";

        assertThat(read("\n" + gaps).rows()).extracting(Row::line).containsExactly(3, 7);
    }

    @Test
    void aCellMayGoOverSeveralLines() throws Exception {
        assertThat(read(PLAIN.replace("one, two", "one\n\ntwo")).rows())
                .extracting(Row::line)
                .containsExactly(2, 5);
    }

    @Test
    void hexadecimalHasNoCase() throws Exception {
        List<Row> rows = read(PLAIN).rows();

        assertThat(read(PLAIN.replace("a8f3", "A8F3")).rows()).isEqualTo(rows);
    }

    @Test
    void everyFaultIsToldWithItsLine() {
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        file,label,split,group,sha256
                                        a.png,skin,train,,00
                                        b.png,skin
                                        c.png,skin,val,g,01
                                        d.png,skin,val,g,02,more,still
                                        e.png,,,g,03
                                        """))
                .isInstanceOf(FaultyDataException.class)
                .hasMessage(
                        "moles/manifest.csv line 5: 7 cells (expected: at most 5, as the first line"
                                + " has); moles/manifest.csv lines 2, 3: column group: empty"
                                + " (expected: a value); moles/manifest.csv line 3: column sha256:"
                                + " empty (expected: a value); moles/manifest.csv lines 3, 6: column"
                                + " split: empty (expected: a value)");
    }

    @Test
    void aFileIsListedOnceAndInsideTheFolder() {
        assertThatThrownBy(
                        () -> read(PLAIN + "./a.png,wound,test,g2,00,\n../c.png,skin,val,g3,00,\n"))
                .hasMessage(
                        "moles/manifest.csv line 5: file: ../c.png (expected: inside the folder);"
                                + " moles/manifest.csv line 4: file: ./a.png is on line 2 too"
                                + " (expected: on one line)");
    }

    @Test
    void aNameThatNoFileCanHaveIsToldWithItsLine() {
        assertThatThrownBy(() -> read(PLAIN + "b\0.png,wound,test,g2,00,\n"))
                .hasMessage(
                        "moles/manifest.csv line 4: file: b\0.png (expected: a name that a file"
                                + " can have)");
    }

    @Test
    void everyColumnThatIsMissingIsNamed() {
        assertThatThrownBy(() -> read("file,label,Split\na.png,x,train\n"))
                .hasMessageStartingWith("moles/manifest.csv line 1: column split: missing (")
                .hasMessageContaining("line 1: column group: missing (")
                .hasMessageContaining("line 1: column sha256: missing (");
    }

    @Test
    void whatIsNoTextOrNoTableIsRefused() {
        assertThatThrownBy(() -> read(PLAIN, StandardCharsets.UTF_16))
                .hasMessage("moles/manifest.csv: not UTF-8 (expected: UTF-8)");
        assertThatThrownBy(() -> read(PLAIN + "c.png,\"skin\n"))
                .hasMessageStartingWith("moles/manifest.csv line 4: Missing closing quote");
        assertThatThrownBy(() -> read("\n"))
                .hasMessage("moles/manifest.csv: no picture (expected: some)");
        assertThatThrownBy(() -> read("<html>a page of a server</html>\n"))
                .hasMessageStartingWith("moles/manifest.csv line 1: column file: missing (")
                .hasMessageEndingWith("moles/manifest.csv: no picture (expected: some)");
        assertThatThrownBy(() -> PictureManifest.read(folder.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void manyLinesAreToldAsRuns() {
        assertThat(LineNumbers.text(List.of(8))).isEqualTo("line 8");
        assertThat(LineNumbers.text(List.of(9, 3, 8, 7, 4, 12))).isEqualTo("lines 3, 4, 7..9, 12");
    }
}
