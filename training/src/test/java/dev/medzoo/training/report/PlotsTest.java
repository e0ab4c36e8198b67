package dev.medzoo.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.training.measure.Scores;
import dev.medzoo.zoo.measure.ConfusionMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlotsTest {
    /** Of four pictures the third, truly 0, is named 1. */
    private static final Scores SCORES =
            new Scores(
                    2,
                    List.of(0, 0, 0, 1),
                    List.of("a", "b", "c", "d"),
                    List.of(logits(2, 0), logits(1, 0), logits(0, 1), logits(0, 3)));

    @Test
    void theRocOfTwoLabelsIsTheSecondsCurve() throws Exception {
        Xml svg = new Xml(RocPlot.svg(SCORES, List.of("healthy", "ulcer"), 1));

        assertThat(svg.texts("text"))
                .contains("ulcer, AUROC 1.000", "false positive rate", "true positive rate")
                .noneMatch(text -> text.startsWith("healthy"));
        assertThat(svg.all("path")).hasSize(1);
    }

    @Test
    void aLabelWithoutPicturesHasNoRoc() throws Exception {
        Scores three =
                new Scores(
                        3,
                        List.of(0, 1),
                        List.of("a", "b"),
                        List.of(logits(2, 0, 1), logits(0, 2, 1)));

        Xml svg = new Xml(RocPlot.svg(three, List.of("x", "y", "z"), 1));

        assertThat(svg.all("path")).hasSize(2);
        assertThat(svg.texts("text")).noneMatch(text -> text.startsWith("z,"));
    }

    @Test
    void reliabilityCountsEveryPictureBeforeAndAfter() throws Exception {
        Xml svg = new Xml(ReliabilityPlot.svg(SCORES, 2));

        assertThat(svg.texts("text"))
                .contains("before calibration", "after, temperature 2", "pictures");
        int counted =
                svg.texts("rect").stream()
                        .filter(text -> text.endsWith(" pictures"))
                        .mapToInt(text -> Integer.parseInt(text.split(" ", -1)[0]))
                        .sum();
        assertThat(counted).isEqualTo(2 * SCORES.size());
        // softmax of (1, 0) and of (0, 1): one right, one wrong, in one bin
        assertThat(svg.texts("circle")).contains("confidence 0.731, accuracy 0.500");
    }

    @Test
    void theConfusionMapSaysCountsAndSharesOfTheRow() throws Exception {
        ConfusionMatrix matrix = new ConfusionMatrix(2);
        matrix.add(0, 0);
        matrix.add(0, 0);
        matrix.add(0, 0);
        matrix.add(0, 1);

        Xml svg = new Xml(ConfusionPlot.svg(matrix, List.of("<i>", "y")));

        assertThat(svg.texts("text")).contains("3", "75 %", "1", "25 %", "0", "0 %", "<i>");
        assertThat(svg.texts("rect"))
                .contains("<i> predicted as y: 1 of 4", "y predicted as y: 0 of 0");
    }

    private static double[] logits(double... values) {
        return values;
    }
}
