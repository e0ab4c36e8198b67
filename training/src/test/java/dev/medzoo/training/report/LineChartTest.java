package dev.medzoo.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.training.report.LineChart.Interval;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineChartTest {
    private static final Series ONE =
            new Series("one", List.of(new Point(10, 0.5, 0.4, 0.6), new Point(100, 0.9, 0.8, 1)));
    private static final Series OTHER =
            new Series("other", List.of(Point.of(10, 0.45), Point.of(100, 0.7)));

    @Test
    void saysItsTitleAxesAndSeries() throws Exception {
        Xml svg = new Xml(chart(Axis.of("labels, %"), Interval.BAND).svg());

        assertThat(svg.root().getAttribute("role")).isEqualTo("img");
        assertThat(svg.texts("title").get(0)).isEqualTo("Label efficiency");
        assertThat(svg.texts("text"))
                .contains("Label efficiency", "labels, %", "macro-F1", "one", "other")
                .contains("0", "20", "100", "0.0", "0.2", "1.0");
    }

    @Test
    void shadesABandOnlyWhereThereIsAnInterval() throws Exception {
        Xml svg = new Xml(chart(Axis.of("labels, %"), Interval.BAND).svg());

        assertThat(svg.all("path"))
                .filteredOn(path -> path.hasAttribute("fill-opacity"))
                .hasSize(1);
        assertThat(svg.all("path")).filteredOn(path -> path.hasAttribute("stroke")).hasSize(2);
    }

    @Test
    void dotsSayTheirFigures() throws Exception {
        Xml svg = new Xml(chart(Axis.log("labels, %"), Interval.BAR).svg());

        assertThat(svg.texts("circle"))
                .containsExactly(
                        "one: 0.5 at 10 [0.4, 0.6]",
                        "one: 0.9 at 100 [0.8, 1]",
                        "other: 0.45 at 10",
                        "other: 0.7 at 100");
    }

    @Test
    void aLogarithmicAxisHasTicksOfEachDecade() throws Exception {
        Xml svg = new Xml(chart(Axis.log("labels, %"), Interval.BAR).svg());

        assertThat(svg.texts("text")).contains("10", "20", "50", "100").doesNotContain("40");
    }

    @Test
    void everyLineDiffersInColourAndInDashes() throws Exception {
        List<Series> eight =
                IntStream.range(0, 8)
                        .mapToObj(i -> new Series("s" + i, List.of(Point.of(i, i))))
                        .toList();
        Xml svg =
                new Xml(new LineChart("t", Axis.of("x"), Axis.of("y"), eight, Interval.BAND).svg());

        assertThat(svg.all("path"))
                .extracting(path -> path.getAttribute("stroke"))
                .doesNotHaveDuplicates();
        assertThat(svg.all("path"))
                .extracting(path -> path.getAttribute("stroke-dasharray"))
                .doesNotHaveDuplicates();
    }

    @Test
    void oneInputGivesOneDrawing() {
        LineChart chart = chart(Axis.log("labels, %"), Interval.BAR);

        assertThat(chart.svg()).isEqualTo(chart.svg());
    }

    @Test
    void escapesWhatItIsGiven() throws Exception {
        Series named = new Series("<script>&\"'\u0001", List.of(Point.of(1, 1)));
        String svg =
                new LineChart("<b>", Axis.of("x"), Axis.of("y"), List.of(named), Interval.BAND)
                        .svg();

        assertThat(svg).doesNotContain("<script>", "<b>");
        assertThat(new Xml(svg).texts("text")).contains("<b>", "<script>&\"'\uFFFD");
    }

    @Test
    void refusesWhatItCannotShow() {
        assertThatThrownBy(() -> Point.of(1, Double.NaN))
                .hasMessage("point: (1.0, NaN) in [NaN, NaN] (expected: finite)");
        assertThatThrownBy(() -> new Point(1, 0.5, 0.7, 0.6))
                .hasMessage("point: [0.7, 0.6] (expected: low <= high)");
        assertThatThrownBy(() -> new Series("one", List.of()))
                .hasMessage("series: one: no points (expected: some)");
        assertThatThrownBy(
                        () ->
                                new LineChart(
                                                "t",
                                                Axis.log("steps"),
                                                Axis.of("y"),
                                                List.of(new Series("s", List.of(Point.of(0, 1)))),
                                                Interval.BAR)
                                        .svg())
                .hasMessage("steps: from 0.0 to 0.0 (expected: a range above 0)");
    }

    private static LineChart chart(Axis x, Interval interval) {
        return new LineChart(
                "Label efficiency",
                x,
                Axis.between("macro-F1", 0, 1),
                List.of(ONE, OTHER),
                interval);
    }
}
