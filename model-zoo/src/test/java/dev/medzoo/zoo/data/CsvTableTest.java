package dev.medzoo.zoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTableTest {
    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        List<List<String>> rows =
                List.of(
                        List.of("file", "note"),
                        List.of("a, b.png", "says \"no\""),
                        List.of(" c.png", "two\nlines"),
                        List.of("ä.png", ""));

        CsvTable table = CsvTable.read("table", CsvTable.bytes(rows));

        assertThat(table.header()).isEqualTo(rows.get(0));
        assertThat(table.lines().stream().map(CsvTable.Line::cells))
                .isEqualTo(rows.subList(1, rows.size()));
    }

    @Test
    void aColumnIsFoundByTheFirstOfItsUsualNames() throws Exception {
        CsvTable table =
                CsvTable.read("table", "Image;DX\n1;nv\n".getBytes(StandardCharsets.UTF_8));

        assertThat(table.column(List.of("file", "image", "dx"))).isZero();
        assertThat(table.column(List.of("dx"))).isEqualTo(1);
        assertThat(table.column(List.of("label"))).isEqualTo(-1);
        assertThat(CsvTable.cell(table.lines().get(0), 1)).isEqualTo("nv");
        assertThat(CsvTable.cell(table.lines().get(0), 7)).isEmpty();
    }
}
