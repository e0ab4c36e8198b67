package dev.medzoo.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.report.LineChart.Interval;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.artifact.ModelCard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

@Tag("jdk")
class ReportTest {
    private static final double TEMPERATURE = 2;

    /** Pictures 1, 2 and 4 are named wrong, 2 the surest, then 4 and 1. */
    private static final Scores SCORES =
            new Scores(
                    2,
                    List.of(0, 0, 0, 1, 1),
                    List.of("g0", "g1", "g2", "g3", "<g4>"),
                    List.of(logits(9, 0), logits(0, 1), logits(0, 4), logits(0, 5), logits(2, 0)));

    @TempDir Path folder = Path.of("");

    @Test
    void beginsWithTheNotice() throws Exception {
        Element body = new Xml(report().html()).all("body").get(0);

        assertThat(body.getElementsByTagName("p").item(0).getTextContent())
                .isEqualTo(Finding.NOTICE);
    }

    @Test
    void saysWhyTheTemperatureIsThatOne() throws Exception {
        assertThat(report().html())
                .contains("<p>Temperature 1 kept, as val gets worse otherwise.</p>");
    }

    @Test
    void itsFiguresAreTheCards() throws Exception {
        assertThat(rows(report()))
                .contains(
                        List.of("accuracy", "0.400 [0.100, 0.700]"),
                        List.of("balanced accuracy", "0.417 [0.110, 0.710]"),
                        List.of("macro-F1", "0.387 [0.120, 0.720]"),
                        List.of("AUROC", "0.667 [0.130, 0.730]"),
                        List.of("calibration error", "0.300 [0.140, 0.740]"),
                        List.of(
                                "<script>alert(1)</script>",
                                "3",
                                "0.500 [0.150, 0.750]",
                                "0.333 [0.160, 0.760]",
                                "0.400 [0.170, 0.770]",
                                "–"));
    }

    @Test
    void namesTheWorstMistakesByIndexTheSurestFirst() throws Exception {
        List<List<String>> rows = rows(report());

        int head = rows.indexOf(List.of("index", "group", "true label", "named", "probability"));
        String light = "<script>alert(1)</script>";
        assertThat(rows.subList(head + 1, head + 4))
                .containsExactly(
                        List.of("2", "g2", light, "dark", "0.881"),
                        List.of("4", "<g4>", "dark", light, "0.731"),
                        List.of("1", "g1", light, "dark", "0.622"));
    }

    @Test
    void showsTheWorstMistakesWhereThereArePictures() {
        Report of = report();
        RgbPicture grey = new RgbPicture(2, 2, new byte[12]);
        Report.Pictures pictures =
                (index, caption) ->
                        index == 4
                                ? Optional.empty()
                                : Optional.of(Thumbnail.of(grey, index + ": " + caption));

        String html =
                new Report(of.card(), "val", SCORES, pictures, Baselines.NONE, List.of(), of.run())
                        .html();

        assertThat(html.split("<img src=\"data:image/jpeg;base64,", -1)).hasSize(3);
        assertThat(html)
                .contains("2: &lt;script&gt;alert(1)&lt;/script&gt;, named dark (0.881)")
                .contains("Keep this page where they are.")
                .doesNotContain("<script");
        assertThat(of.html()).doesNotContain("<img");
    }

    @Test
    void holdsTheFiguresAgainstTheCommonestLabelAndWhatElseIsKnown() throws Exception {
        Report of = report();
        Baseline parent = new Baseline("skin 1.0.0, linear", null, 0.75, null);

        Report beside =
                new Report(
                        of.card(),
                        "val",
                        SCORES,
                        Report.Pictures.NONE,
                        new Baselines(List.of(parent), List.of("Of <val>.")),
                        List.of(),
                        of.run());

        List<List<String>> rows = rows(beside);
        int head = rows.indexOf(Baseline.head());
        assertThat(rows.get(head + 1).get(0)).isEqualTo("this model");
        assertThat(rows.get(head + 2).get(0))
                .startsWith("always \"")
                .endsWith("the most common label");
        assertThat(rows.get(head + 2).get(2)).isEqualTo("0.500");
        assertThat(rows.get(head + 3)).containsExactly("skin 1.0.0, linear", "–", "0.750", "–");
        assertThat(beside.html()).contains("<p>Of &lt;val&gt;.</p>");
    }

    /** Of four pictures, three of a: recall 1 and 0, precision 3/4, so F1 6/7 and 0. */
    @Test
    void theCommonestLabelByHand() {
        Scores scores =
                new Scores(
                        2,
                        List.of(0, 0, 0, 1),
                        List.of("1", "2", "3", "4"),
                        List.of(logits(0, 1), logits(0, 1), logits(0, 1), logits(0, 1)));

        Baseline commonest = Baseline.commonest(scores, List.of("a", "b"));

        assertThat(commonest.name()).isEqualTo("always \"a\", the most common label");
        assertThat(commonest.accuracy()).isEqualTo(0.75);
        assertThat(commonest.balancedAccuracy()).isEqualTo(0.5);
        assertThat(commonest.macroF1()).isCloseTo(3 / 7.0, within(1e-12));
    }

    @Test
    void ofManyMistakesOnlyTheWorstAreNamed() {
        Scores wrong =
                new Scores(
                        2,
                        IntStream.range(0, 30).mapToObj(i -> 0).toList(),
                        IntStream.range(0, 30).mapToObj(i -> "g" + i).toList(),
                        IntStream.range(0, 30).mapToObj(i -> logits(0, 1 + i / 2)).toList());

        assertThat(Mistake.worst(wrong, 1, 4))
                .extracting(Mistake::index)
                .containsExactly(28, 29, 26, 27);
    }

    @Test
    void showsThePlotsTheRecipeAndTheRun() throws Exception {
        Xml page = new Xml(report().html());

        assertThat(page.all("svg"))
                .extracting(svg -> svg.getAttribute("aria-label"))
                .containsExactly(
                        "Training loss",
                        "Confusion matrix",
                        "ROC: each label against the rest",
                        "Precision and recall: each label against the rest",
                        "Reliability");
        assertThat(page.texts("pre"))
                .containsExactly(
                        "medzoo evaluate it & more",
                        "medzoo train it",
                        "# </pre><script>\nseed: 1\n");
        assertThat(rows(report()))
                .contains(List.of("PyTorch", "2.7.1"), List.of("software", "java 17"));
    }

    @Test
    void nothingOfItsInputIsMarkupAndNothingIsLoadedOrRun() {
        String html = report().html();

        assertThat(html)
                .doesNotContain("<script", "<g4>", "src=", "href=", "url(", "@import")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    @Test
    void isWrittenBesideTheCandidateAndReplaced() throws Exception {
        Path file = Report.path(folder.resolve("candidate"), "evaluate-val/..");
        report().write(file);
        String first = Files.readString(file);
        report().write(file);

        assertThat(file)
                .isEqualTo(folder.resolve("candidate.report/evaluate-val_../report.html"))
                .hasContent(first);
        assertThat(file.resolveSibling("report.html.new")).doesNotExist();
    }

    @Test
    void refusesASplitThatTheCardDoesNotHave() {
        Report of = report();
        Report other =
                new Report(
                        of.card(),
                        "test",
                        SCORES,
                        Report.Pictures.NONE,
                        Baselines.NONE,
                        List.of(),
                        of.run());

        assertThatThrownBy(other::html)
                .hasMessage("split: test (expected: one that the card of drawn-light has)");
    }

    private static Report report() {
        LineChart curve =
                new LineChart(
                        "Training loss",
                        Axis.of("epoch"),
                        Axis.of("loss"),
                        List.of(new Series("loss", List.of(Point.of(1, 0.7), Point.of(2, 0.5)))),
                        Interval.BAND);
        RunEnvironment run =
                new RunEnvironment("medzoo evaluate it & more", Map.of("PyTorch", "2.7.1"));
        return new Report(
                card(), "val", SCORES, Report.Pictures.NONE, Baselines.NONE, List.of(curve), run);
    }

    private static List<List<String>> rows(Report report) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        for (Element row : new Xml(report.html()).all("tr")) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < row.getChildNodes().getLength(); i++) {
                cells.add(row.getChildNodes().item(i).getTextContent());
            }
            rows.add(cells);
        }
        return rows;
    }

    private static ModelCard card() {
        try {
            return ModelCard.parse(CARD.getBytes(StandardCharsets.UTF_8), "test");
        } catch (MalformedModelException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double[] logits(double... values) {
        return values;
    }

    private static final String CARD =
            """
            {
              "name": "drawn-light", "version": "0.1.0", "summary": "Light or dark.",
              "notice": "Research use only. Not a diagnosis.", "intendedUse": "Tests.",
              "outOfScope": [], "data": [], "licence": "CC0", "commercialUse": true,
              "network": {
                "input": {"width": 32, "height": 32}, "stemWidth": 32,
                "branchWidths": [16, 16, 16, 24, 24, 24, 40, 40], "halveAfter": [2, 4, 6],
                "fcUnits": 256, "dropout": 0.4, "classes": 2
              },
              "parameters": 5,
              "training": {
                "command": "medzoo train it", "recipe": "# </pre><script>\\nseed: 1\\n",
                "seed": 1, "epochs": 4, "bestEpoch": 2, "minutes": 1.5, "device": "cpu()",
                "versions": {"java": "17"}, "parent": null, "temperature": %s,
                "calibration": "1 kept, as val gets worse otherwise"
              },
              "metrics": [{
                "split": "val", "pictures": 5, "groups": 5,
                "accuracy": {"value": 0.4, "low": 0.1, "high": 0.7},
                "balancedAccuracy": {"value": 0.41667, "low": 0.11, "high": 0.71},
                "macroF1": {"value": 0.3867, "low": 0.12, "high": 0.72},
                "auroc": {"value": 0.6667, "low": 0.13, "high": 0.73},
                "calibrationError": {"value": 0.3, "low": 0.14, "high": 0.74},
                "classes": [{
                  "label": "<script>alert(1)</script>", "pictures": 3,
                  "precision": {"value": 0.5, "low": 0.15, "high": 0.75},
                  "recall": {"value": 0.3333, "low": 0.16, "high": 0.76},
                  "f1": {"value": 0.4, "low": 0.17, "high": 0.77}
                }, {
                  "label": "dark", "pictures": 2,
                  "precision": {"value": 0.5, "low": 0, "high": 1},
                  "recall": {"value": 0.5, "low": 0, "high": 1},
                  "f1": {"value": 0.5, "low": 0, "high": 1}
                }],
                "confusion": [[1, 2], [1, 1]]
              }],
              "limits": []
            }
            """
                    .formatted(TEMPERATURE);
}
