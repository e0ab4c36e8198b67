package dev.medzoo.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.medzoo.training.data.DrawnPictureSet;
import dev.medzoo.training.learn.GracefulStop;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole study, small: drawn pictures of 40 pixels, networks that see 32, a few steps. */
@Tag("slow")
class StudyTest {
    @TempDir static Path folder = Path.of("");
    private final GracefulStop stop = new GracefulStop("the same command goes on from here");
    private final List<String> lines = new ArrayList<>();
    private Path plan = Path.of("");

    /** The whole plan once: tests start from its files, or from none. */
    @BeforeAll
    static void trainAll() throws Exception {
        DrawnPictureSet.in(folder.resolve("data"));
        Path plan = Files.writeString(folder.resolve("whole.yaml"), planText());
        Study whole =
                new Study(
                        plan, places("whole"), Device.cpu(), new GracefulStop("never"), line -> {});
        assertThat(whole.run(null, 100)).isZero();
        whole.writePage();
    }

    @BeforeEach
    void writePlan(TestInfo test) throws Exception {
        plan = Files.writeString(folder.resolve(test.getDisplayName() + ".yaml"), planText());
    }

    @Test
    void aStudyThatWasStoppedEndsWithTheSameFiles() throws Exception {
        study("stopped").run(null, 2);
        Path half = folder.resolve("stopped/runs/second/double-50-seed1.json.new");
        Files.createDirectories(folder.resolve("stopped/runs/second"));
        Files.writeString(half, "{ a power cut");
        lines.clear();
        study("stopped").run(null, 100);

        assertThat(lines.get(0)).isEqualTo("runs to train: 7");
        assertThat(lines.get(1))
                .matches(
                        "1 of 7  first/scratch-100-seed1-fold1  val macro-F1 [01]\\.\\d{3} .*left");
        Map<String, String> whole = files("whole");
        assertThat(whole).hasSize(9 + 2).containsKey("second/double-100-seed1.json");
        assertThat(files("stopped")).isEqualTo(whole);
    }

    @Test
    void afterAStopNothingMoreIsTrained() throws Exception {
        Study study = study("none");
        stop.request();

        assertThatThrownBy(() -> study.run(null, 100))
                .isInstanceOf(CancellationException.class)
                .hasMessage("stopped: the same command goes on from here");
        assertThat(files("none")).containsOnlyKeys("first/pictures.json", "second/pictures.json");
    }

    @Test
    void onlyWhatAChangeTouchesIsTrainedAnew() throws Exception {
        assertThat(study("whole").run("second", 0)).isZero();

        Files.writeString(plan, planText().replace("balance: 0.5", "balance: 1"));
        assertThat(study("whole").run("second", 0)).isEqualTo(4);

        Files.writeString(plan, planText().replace("balance: 0.25", "balance: 1"));
        // Those that start from the first task's run are other runs now, too.
        assertThat(study("whole").run("second", 0)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"float32", "bfloat16"})
    void aRunThatAnotherMachineDidInItsPrecisionCountsAsDone(String precision) throws Exception {
        String text =
                planText()
                        .replace(
                                "labelSmoothing: 0\n",
                                "labelSmoothing: 0\n      precision: " + precision + "\n");
        Files.writeString(plan, text);
        int left = study("elsewhere-" + precision).run("first", 1);

        Files.writeString(plan, text.replace("precision: " + precision, "precision: auto"));
        assertThat(study("elsewhere-" + precision).run("first", 0)).isEqualTo(left);
        assertThat(lines).anyMatch(line -> line.matches("precision: (float32|bfloat16), as .*"));
    }

    @Test
    void aParentWhoseWeightsAreGoneIsTrainedAgainForTheRunsThatNeedIt() throws Exception {
        study("few").run("second", 2);
        assertThat(files("few").keySet())
                .contains("first/scratch-100-seed1.json", "second/scratch-50-seed1.json");
        Files.move(folder.resolve("few-work"), folder.resolve("lost-work"));

        assertThat(study("few").run("second", 0)).isEqualTo(4);
    }

    @Test
    void thePageIsWrittenFromWhateverRunsThereAre() throws Exception {
        study("some").writePage();
        assertThat(page("some"))
                .contains("Nothing yet: no run is complete.", "**9 of 9 runs are missing**");

        study("some").run("second", 2);
        study("some").writePage();
        assertThat(page("some"))
                .contains("**7 of 9 runs are missing**", "`second/double-50-seed1`")
                .contains("| 50 % (12) | scratch | 1 | ")
                .contains("No share of the labels has been run with every arm yet.");
    }

    @Test
    void thePageSaysWhatWasAskedAndFound() throws Exception {
        assertThat(page("whole"))
                .startsWith("# Does it help")
                .contains("**Research use only. Not a diagnosis.**")
                .contains("## Asked", "## Found", "## How", "## Again")
                .contains("**second, fixed split** (F1 of `dark` of 10 pictures in 5 groups). ")
                .contains("The order scratch < double ")
                .contains("It cannot be: 5 groups give no p below 0.063, and there are 2 compar")
                .contains("## second\n\nDrawn by code.\n")
                .contains("| first | `drawn_2class` | scratch | 4 | 6 | 50, 100 % | 1 | 3 |")
                .contains("| 50 % | double − scratch | 1 | ")
                .doesNotContain("missing", "NaN", folder.toString());
    }

    @Test
    void aChoiceIsMadeOnValAndNeverReadsTest() throws Exception {
        String text =
                planText()
                        .replace("inputSide: 32", "purpose: choice\ninputSide: 32")
                        .replace("[0.5, 1]", "[1]")
                        .replace(
                                "{name: scratch}, {name: double, from: first/scratch}",
                                "{name: a}, {name: b}, {name: c, settings: {balance: 1}}");
        Files.writeString(plan, text);
        Path blind = folder.resolve("blind");
        try (Stream<Path> test = Files.list(DrawnPictureSet.in(blind).resolve("test"))) {
            for (Path picture : test.toList()) {
                Files.delete(picture);
            }
        }
        Study.Places places = places("choice");
        Study choice =
                new Study(
                        plan,
                        new Study.Places(
                                places.out(),
                                blind,
                                places.backbones(),
                                places.models(),
                                places.work()),
                        Device.cpu(),
                        stop,
                        lines::add);
        choice.run("second", 100);
        choice.writePage();

        assertThat(files("choice"))
                .containsOnlyKeys(
                        "second/pictures.json",
                        "second/a-100-seed1.json",
                        "second/b-100-seed1.json",
                        "second/c-100-seed1.json")
                .hasEntrySatisfying(
                        "second/c-100-seed1.json",
                        file -> assertThat(file).contains("\"test\": []", "\"balance\":1"));
        assertThat(page("choice"))
                .startsWith("# Which way of training?")
                .contains("second, fixed split** (F1 of `dark` of ")
                .contains("Highest at 100 %: `")
                .contains("| 100 % | b − a | 1 | ", "| 100 % | c − a | 1 | ")
                .doesNotContain("c − b");
    }

    @Test
    void thePageLinksEachFigureToItsRunsAndShowsThePlots() throws Exception {
        List<String> links = new ArrayList<>();
        Matcher link = Pattern.compile("\\]\\(([^)]+)\\)").matcher(page("whole"));
        while (link.find()) {
            links.add(link.group(1));
        }

        assertThat(links)
                .contains("runs/second/double-100-seed1.json")
                .contains("runs/first/scratch-100-seed1-fold3.json")
                .contains("figures/second-labels.svg", "figures/second-steps-50.svg")
                .contains("figures/second-roc.svg", "figures/second-reliability.svg")
                .contains("figures/second-confusion-double.svg", "figures/first-folds-roc.svg")
                .allSatisfy(file -> assertThat(folder.resolve("whole").resolve(file)).exists());
    }

    @Test
    void saysWhatIsNotThere() throws Exception {
        Files.writeString(plan, planText().replace("from: first/scratch", "from: some-pool"));
        assertThatThrownBy(() -> study("none").run(null, 1))
                .hasMessageMatching("backbone: .*some-pool \\(expected: a folder written by .*\\)");
        assertThatThrownBy(() -> study("none").run("third", 1))
                .hasMessage("only: third (expected one of: [first, second])");
        Files.writeString(plan, planText().replace("f1 dark", "f1 grey"));
        assertThatThrownBy(() -> study("none").run(null, 1))
                .hasMessageStartingWith("measures: f1 grey (expected one of: ");
        Files.writeString(plan, planText().replace("picture auroc", "group auroc"));
        assertThatThrownBy(() -> study("none").run(null, 1))
                .hasMessage(
                        "measures: AUROC of groups of drawn_2class, whose groups all hold several"
                                + " classes (expected: none of groups)");
    }

    private Study study(String out) throws IOException {
        return new Study(plan, places(out), Device.cpu(), stop, lines::add);
    }

    private static Study.Places places(String out) {
        return new Study.Places(
                folder.resolve(out),
                folder.resolve("data"),
                folder.resolve("backbones"),
                Store.open(folder.resolve("models").toString()),
                folder.resolve(out + "-work"));
    }

    private static String page(String out) throws IOException {
        return Files.readString(folder.resolve(out).resolve("README.md"));
    }

    /** Every run file but how long it took. */
    private static Map<String, String> files(String out) throws IOException {
        Path runs = folder.resolve(out).resolve("runs");
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(runs)) {
            for (Path file : files.filter(of -> of.toString().endsWith(".json")).toList()) {
                String text = Files.readString(file).replaceAll("\"(minutes|waiting)\": .*", "");
                texts.put(runs.relativize(file).toString(), text);
            }
        }
        return texts;
    }

    private static String planText() {
        String settings =
                """
                augmentation: {smallestCrop: 0.8, stretch: 1.1, flips: true, quarterTurns: true, brightness: 0.05, contrast: 0, saturation: 0, tint: 0}
                      labelSmoothing: 0
                      batchSize: 6
                      judgeEvery: 2
                      optimiser: {peakLearningRate: 0.003, warmUp: 0.2, weightDecay: 0.01, averageDecay: 0.5}
                      transfer: {frozenParts: 0, bodyRate: 0.5}
                """;
        return """
                inputSide: 32
                shares: [0.5, 1]
                seeds: [1]
                tasks:
                  - name: first
                    dataSet: drawn_2class
                    steps: 4
                    folds: 3
                    measures: [auroc, picture auroc, balancedAccuracy]
                    arms: [{name: scratch}]
                    settings:
                      balance: 0.25
                      %s
                  - name: second
                    dataSet: drawn_2class
                    steps: 4
                    folds: 0
                    measures: [f1 dark, accuracy]
                    caveat: Drawn by code.
                    arms: [{name: scratch}, {name: double, from: first/scratch}]
                    settings:
                      balance: 0.5
                      %s
                """
                .formatted(settings, settings);
    }
}
