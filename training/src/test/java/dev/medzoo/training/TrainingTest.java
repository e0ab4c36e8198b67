package dev.medzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ai.djl.Device;
import dev.medzoo.training.data.Drawing;
import dev.medzoo.training.data.DrawnPictureSet;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.learn.RoundReport;
import dev.medzoo.training.learn.StepReport;
import dev.medzoo.training.learn.TrainingProgress;
import dev.medzoo.training.recipe.PrecisionChoice;
import dev.medzoo.training.recipe.Recipe.Precision;
import dev.medzoo.training.report.LineChart;
import dev.medzoo.translate.finding.Domain;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.ColourStep;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelCard.EightBits;
import dev.medzoo.zoo.artifact.ModelCard.SplitMetrics;
import dev.medzoo.zoo.artifact.ParentArtifact;
import dev.medzoo.zoo.artifact.Reliability;
import dev.medzoo.zoo.artifact.Subgroups;
import dev.medzoo.zoo.artifact.TestPredictions;
import dev.medzoo.zoo.measure.ConfusionMatrix;
import dev.medzoo.zoo.network.BlockConfig;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs, small: pictures of 40 pixels, a network that sees 32, a few steps. */
@Tag("slow")
class TrainingTest {
    /** A candidate of two rounds, for the tests of what comes after a training. */
    private static Path trained = Path.of("");

    @TempDir Path folder = Path.of("");
    private Path data = Path.of("");

    @BeforeAll
    static void train(@TempDir Path once) throws Exception {
        trained = once.resolve("drawn-light");
        Path recipe = Files.writeString(once.resolve("recipe2.yaml"), recipeText(2));
        Path data = DrawnPictureSet.in(once);
        new Training(recipe, data, trained, null, List.of(Device.cpu()), false).run(new Curve());
    }

    @BeforeEach
    void draw() throws Exception {
        data = DrawnPictureSet.in(folder);
    }

    /** A copy of that candidate. */
    private Path trained() throws Exception {
        Path out = folder.resolve("drawn-light");
        try (Stream<Path> all = Files.walk(trained)) {
            for (Path path : all.toList()) {
                Files.copy(path, out.resolve(trained.relativize(path).toString()));
            }
        }
        return out;
    }

    private PictureSets pictures() throws Exception {
        return PictureSets.of(PictureSet.open(data));
    }

    @Test
    void aCandidateTellsTheDrawnClassesApart() throws Exception {
        Path out = folder.resolve("drawn-light");

        training(recipe(16), out, null, false).run(new Curve());
        SplitMetrics test = Evaluation.run(out, pictures(), "test", Device.cpu());

        assertThat(test.balancedAccuracy().value()).isGreaterThanOrEqualTo(0.9);
        assertThat(test.pictures()).isEqualTo(10);
        assertThat(test.groups()).isEqualTo(5);
    }

    @Test
    void evaluationWritesItsFiguresIntoTheCard() throws Exception {
        Path out = trained();

        SplitMetrics test = Evaluation.run(out, pictures(), "test", Device.cpu());

        ArtifactContent candidate = ArtifactContent.ofCandidate(out);
        ModelCard card = ModelCard.parse(candidate.file(ArtifactFiles.CARD), "test");
        assertThat(card.metrics()).extracting(SplitMetrics::split).containsExactly("val", "test");
        assertThat(card.metrics().get(1)).isEqualTo(test);
        assertThat(card.training().command())
                .isEqualTo(
                        "medzoo train --recipe recipe2.yaml --data drawn_2class --out drawn-light"
                                + " --device cpu");
        assertThat(card.notice()).isEqualTo("Research use only. Not a diagnosis.");
        String calibration = Objects.requireNonNull(card.training().calibration());
        assertThat(calibration)
                .matches(
                        "(accepted|1 \\(not fitted\\), as val gets worse otherwise): the fitted \\d+\\.\\d+ .*");
        assertThat(calibration.startsWith("1 ")).isEqualTo(card.training().temperature() == 1);
    }

    @Test
    void evaluationOnTestWritesDownWhatItSaidOfEachPicture() throws Exception {
        Path out = trained();
        PictureSet pictures = PictureSet.open(data);

        Evaluation.run(out, PictureSets.of(pictures), "val", Device.cpu());
        assertThat(ArtifactContent.ofCandidate(out).predictions()).isEmpty();

        SplitMetrics test = Evaluation.run(out, PictureSets.of(pictures), "test", Device.cpu());
        TestPredictions predictions = ArtifactContent.ofCandidate(out).predictions().orElseThrow();
        ConfusionMatrix confusion = new ConfusionMatrix(2);
        predictions.pictures().forEach(one -> confusion.add(one.label(), one.named()));
        assertThat(confusion.rows()).isEqualTo(test.confusion());
        assertThat(predictions.pictures())
                .extracting(TestPredictions.Picture::sha256)
                .isSorted()
                .containsExactlyInAnyOrderElementsOf(
                        pictures.split("test").stream().map(LabelledPicture::sha256).toList());
        assertThat(predictions.pictures())
                .extracting(TestPredictions.Picture::group)
                .containsOnly("1", "2", "3", "4", "5");
    }

    /** The network of float32 and that of 8 bits, on the same pictures by two runtimes. */
    @Test
    void evaluationOnTestSaysWhatEightBitsCost() throws Exception {
        Path out = folder.resolve("drawn-light");
        training(recipe(2), out, null, false).run(new Curve());
        assertThat(ArtifactContent.ofCandidate(out).card().eightBits()).isNull();

        SplitMetrics test = Evaluation.run(out, pictures(), "test", Device.cpu());

        ArtifactContent candidate = ArtifactContent.ofCandidate(out);
        EightBits cost = Objects.requireNonNull(candidate.card().eightBits());
        assertThat(cost.balancedAccuracy().value())
                .isCloseTo(
                        test.balancedAccuracy().value() + cost.difference().value(), within(1e-9));
        assertThat(cost.largestChange()).isBetween(cost.meanChange(), 0.2).isPositive();
        assertThat(cost.kept()).isEqualTo(cost.difference().value() >= -EightBits.MOST_LOST);
        assertThat(candidate.has(ArtifactFiles.ONNX_INT8)).isEqualTo(cost.kept());
        assertThat(candidate.has(ArtifactFiles.PREDICTIONS_INT8)).isEqualTo(cost.kept());
        assertThat(candidate.has(ArtifactFiles.ONNX)).isTrue();
    }

    @Test
    void aCandidateTellsForeignPicturesAndTheCardSaysHowWell() throws Exception {
        Path out = trained();
        PictureSet foreign = PictureSet.open(DrawnPictureSet.striped(folder));

        Evaluation.run(out, pictures(), "test", List.of(foreign), Device.cpu());

        ArtifactContent candidate = ArtifactContent.ofCandidate(out);
        Reading reading = candidate.artifact().reading();
        assertThat(Objects.requireNonNull(reading.conformal()).coverage()).isEqualTo(0.9);
        assertThat(reading.abstainBelow()).isGreaterThanOrEqualTo(0.5);
        assertThat(Objects.requireNonNull(reading.domain()).mean()).hasSize(160);
        Reliability val = Objects.requireNonNull(candidate.card().metrics().get(0).reliability());
        assertThat(val.abstention().answered().value()).isGreaterThanOrEqualTo(0.9);
        assertThat(Objects.requireNonNull(val.domain()).flagged().value()).isZero();
        Reliability test = Objects.requireNonNull(candidate.card().metrics().get(1).reliability());
        List<Reliability.Foreign> judged = Objects.requireNonNull(test.domain()).foreign();
        assertThat(judged)
                .extracting(Reliability.Foreign::dataSet)
                .startsWith("drawn_stripes", "drawn: lens cap")
                .hasSize(1 + Drawing.toJudge().size());
        assertThat(judged)
                .first()
                .satisfies(
                        each -> {
                            assertThat(each.dataSet()).isEqualTo("drawn_stripes");
                            assertThat(each.pictures()).isEqualTo(6);
                            assertThat(each.auroc().value()).isGreaterThan(0.9);
                        });
        PictureSet own = PictureSet.open(data);
        assertThatThrownBy(
                        () -> Evaluation.run(out, pictures(), "test", List.of(own), Device.cpu()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "foreign: [drawn_2class] (expected: distinct data sets other than"
                                + " drawn_2class)");
    }

    @Test
    void fitsItsSenseForForeignPicturesToThoseThatTheRecipeNames() throws Exception {
        DrawnPictureSet.striped(folder);
        Path with = folder.resolve("with");
        Path named = folder.resolve("named.yaml");
        Files.writeString(
                named, recipeText(2) + "foreign: [{dataSet: drawn_stripes, split: val}]\n");
        training(named, with, null, false).run(new Curve());

        Domain one = Objects.requireNonNull(reading(trained).domain());
        Domain other = Objects.requireNonNull(reading(with).domain());
        assertThat(one.checks()).isNotNull().isNotEqualTo(other.checks());
        assertThat(other.mean()).isEqualTo(one.mean());
    }

    private static Reading reading(Path candidate) throws Exception {
        return ArtifactContent.ofCandidate(candidate).artifact().reading();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    drawn_2class  | val   | foreign: drawn_2class (expected: a data set other than the model's own)
                    drawn_stripes | test  | foreign: test of drawn_stripes (expected: another split, as this one scores the fit)
                    drawn_stripes | train | split: train (expected: at least one picture)
                    """)
    void refusesForeignPicturesBeforeItTrains(String dataSet, String split, String message)
            throws Exception {
        DrawnPictureSet.striped(folder);
        Path recipe = folder.resolve("foreign.yaml");
        Files.writeString(
                recipe,
                recipeText(2) + "foreign: [{dataSet: %s, split: %s}]\n".formatted(dataSet, split));
        Path out = folder.resolve("out");
        assertThatThrownBy(() -> training(recipe, out, null, false).run(new Curve()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(message);
        assertThat(folder.resolve("out.checkpoint")).doesNotExist();
    }

    @Test
    void everyRunLeavesAReportBesideTheCandidate() throws Exception {
        Path out = folder.resolve("drawn-light");
        Training training = training(recipe(2), out, null, false);
        training.run(new Curve());
        Evaluation.run(out, pictures(), "test", Device.cpu());

        assertThat(training.report())
                .isEqualTo(folder.resolve("drawn-light.report/train/report.html"))
                .content()
                .contains("drawn-light 0.1.0 on val", "Training loss", "seed: 3")
                .contains("adaptive error", "labels in a set", "flagged as another kind");
        assertThat(Evaluation.report(out, "test"))
                .isEqualTo(folder.resolve("drawn-light.report/evaluate-test/report.html"))
                .content()
                .contains("drawn-light 0.1.0 on test", "Training loss", "seed: 3")
                .contains("medzoo evaluate drawn-light --data drawn_2class --split test")
                .doesNotContain(folder.toString());
        assertThat(ArtifactContent.ofCandidate(out)).isNotNull();
    }

    @Test
    void aCurveOfAnotherRecipeIsNotShown() throws Exception {
        Path out = folder.resolve("drawn-light");
        RoundReport diverged = new RoundReport(1, 3, Double.NaN, 0.5, 0.6, 0.7, 0.9, 10, 0);
        new TrainingCurve("one", List.of(diverged)).write(out);

        assertThat(TrainingCurve.of(out, "other").charts()).isEmpty();
        assertThat(TrainingCurve.of(out, "one").charts())
                .extracting(LineChart::title)
                .containsExactly("Figures on val");
    }

    @Test
    void aRunThatWasStoppedGoesOnAlongTheSameCurve() throws Exception {
        Curve whole = new Curve();
        training(recipe(4), folder.resolve("whole"), null, false).run(whole);

        Path out = folder.resolve("stopped");
        assertThatThrownBy(() -> training(recipe(4), out, null, false).run(new PowerCut(2)))
                .isInstanceOf(PowerCutException.class);
        assertThat(out).doesNotExist();
        Curve rest = new Curve();
        training(recipe(4), out, null, true).run(rest);

        assertThat(rest.losses).isEqualTo(whole.losses.subList(2, 4));
        String params = ArtifactFiles.paramsFile("drawn-light");
        assertThat(Files.readAllBytes(out.resolve(params)))
                .isEqualTo(Files.readAllBytes(folder.resolve("whole").resolve(params)));
    }

    @Test
    void aTransferStartsFromTheParentsWeights() throws Exception {
        Path parent = folder.resolve("parent");
        training(recipe(6), parent, null, false).run(new Curve());
        Path transfer =
                Files.writeString(
                        folder.resolve("transfer.yaml"),
                        recipeText(1) + "transfer: {frozenParts: 5, bodyRate: 0.1}\n");
        Path out = folder.resolve("child");

        new Training(transfer, data, out, parent.toString(), List.of(Device.cpu()), false)
                .run(new Curve());

        ArtifactContent child = ArtifactContent.ofCandidate(out);
        assertThat(child.artifact().parent())
                .extracting(ParentArtifact::name)
                .isEqualTo("drawn-light");
        assertThat(ModelCard.parse(child.file(ArtifactFiles.CARD), "child").training().command())
                .contains(" --from parent ");
        SplitMetrics test = Evaluation.run(out, pictures(), "test", Device.cpu());
        assertThat(test.auroc().value()).isGreaterThan(0.8);
    }

    @Test
    void everyOptionTogetherGivesTheSameWeightsStoppedOrNot() throws Exception {
        Path parent = folder.resolve("parent");
        training(recipe(1), parent, null, false).run(new Curve());
        String all =
                recipeText(3)
                                .replace("tint: 0}", "tint: 0, stain: 0.2, grey: 0.2, blur: 0.3}")
                                .replace("labelSmoothing: 0\n", "labelSmoothing: 0.1\n")
                        + """
                        mixing: {mixUp: 0.4, cutMix: 0.4, share: 0.7}
                        flips: true
                        precision: bfloat16
                        transfer: {frozenParts: 1, bodyRate: 0.5, layerDecay: 0.8, unfreezeEvery: 2}
                        """;
        Path recipe = Files.writeString(folder.resolve("all.yaml"), all);
        Path whole = folder.resolve("whole");
        Path stopped = folder.resolve("stopped");

        transfer(recipe, whole, parent, false).run(new Curve());
        assertThatThrownBy(() -> transfer(recipe, stopped, parent, false).run(new PowerCut(2)))
                .isInstanceOf(PowerCutException.class);
        transfer(recipe, stopped, parent, true).run(new Curve());

        String params = ArtifactFiles.paramsFile("drawn-light");
        assertThat(Files.readAllBytes(stopped.resolve(params)))
                .isEqualTo(Files.readAllBytes(whole.resolve(params)));
        assertThat(ArtifactContent.ofCandidate(whole).artifact().network())
                .asInstanceOf(type(BlockConfig.class))
                .returns(true, BlockConfig::flips);
    }

    @Test
    void theCardSaysWhichPrecisionTheMachineChose() throws Exception {
        Path recipe =
                Files.writeString(folder.resolve("auto.yaml"), recipeText(1) + "precision: auto\n");
        Path out = folder.resolve("out");
        Curve curve = new Curve();
        training(recipe, out, null, false).run(curve);

        Precision chosen = PrecisionChoice.on(Device.cpu()).precision();
        String name = chosen.name().toLowerCase(Locale.ROOT);
        assertThat(curve.notes).first().asString().startsWith("precision: " + name + ", as ");
        String text = ArtifactContent.ofCandidate(out).card().training().recipe();
        assertThat(text).contains("precision: " + name).doesNotContain("precision: auto");

        Path again = Files.writeString(folder.resolve("again.yaml"), text);
        training(again, folder.resolve("again"), null, false).run(new Curve());
        String params = ArtifactFiles.paramsFile("drawn-light");
        assertThat(Files.readAllBytes(folder.resolve("again").resolve(params)))
                .isEqualTo(Files.readAllBytes(out.resolve(params)));
    }

    @Test
    void neverOverwritesACandidateOrAnotherRunsCheckpoint() throws Exception {
        Path out = folder.resolve("out");
        training(recipe(1), out, null, false).run(new Curve());

        assertThatThrownBy(() -> training(recipe(1), out, null, false).run(new Curve()))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("out: already exists (expected: a new folder)");
        assertThatThrownBy(
                        () ->
                                training(recipe(2), folder.resolve("x"), null, false)
                                        .run(new PowerCut(1)))
                .isInstanceOf(PowerCutException.class);
        assertThatThrownBy(
                        () ->
                                training(recipe(2), folder.resolve("x"), null, false)
                                        .run(new Curve()))
                .hasMessageContaining("x.checkpoint: already exists (expected: --resume)");
        assertThatThrownBy(
                        () -> training(recipe(3), folder.resolve("x"), null, true).run(new Curve()))
                .hasMessageContaining("of another recipe (expected: this recipe, unchanged)");
    }

    @Test
    void refusesDataAndParentsThatDoNotFitTheRecipe() throws Exception {
        Path other = Files.move(data, folder.resolve("other_data"));

        assertThatThrownBy(
                        () ->
                                new Training(
                                                recipe(1),
                                                other,
                                                folder.resolve("out"),
                                                null,
                                                List.of(Device.cpu()),
                                                false)
                                        .run(new Curve()))
                .hasMessage(
                        "data: other_data (expected: the folder of drawn_2class, as the recipe says)");
    }

    private Training transfer(Path recipe, Path out, Path from, boolean resume) {
        return new Training(recipe, data, out, from.toString(), List.of(Device.cpu()), resume);
    }

    private Training training(Path recipe, Path out, @Nullable String from, boolean resume) {
        return new Training(recipe, data, out, from, List.of(Device.cpu()), resume);
    }

    @Test
    void aRecipeOfTwoSetsHasFiguresOfEachAndTogether() throws Exception {
        Path manifest = DrawnPictureSet.in(folder, "drawn_more", 7_000).resolve("manifest.csv");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace(",dark,", ",night,")
                        .replaceAll("drawn,(train|val|test)-", "drawn,more-$1-"));
        String sets =
                """
                dataSets:
                  - {name: drawn_2class, subgroups: {first ten: 'test/[0-9].png'}}
                  - name: drawn_more
                    share: 1
                    classes: {night: dark}
                    leaveOut: {files: [test/0.png, test/1.png]}
                    form: {width: 36, height: 44}
                    licence: CC0 too
                """;
        Path recipe =
                Files.writeString(
                        folder.resolve("two.yaml"),
                        recipeText(4).replace("dataSet: drawn_2class\n", sets)
                                + "colour: shades_of_grey\nfit: cover\n");
        Path out = folder.resolve("two");

        new Training(recipe, folder, out, null, List.of(Device.cpu()), false).run(new Curve());
        List<SplitMetrics> test =
                Evaluation.run(out, Evaluation.data(out, folder), "test", List.of(), Device.cpu());

        assertThat(test)
                .extracting(SplitMetrics::title)
                .containsExactly("test", "test of drawn_2class", "test of drawn_more");
        assertThat(test).extracting(SplitMetrics::pictures).containsExactly(18, 10, 8);
        ModelCard card =
                ModelCard.parse(Files.readAllBytes(out.resolve("card.json")), "the candidate");
        assertThat(card.metrics())
                .extracting(SplitMetrics::title)
                .containsExactly(
                        "val",
                        "val of drawn_2class",
                        "val of drawn_more",
                        "test",
                        "test of drawn_2class",
                        "test of drawn_more");
        assertThat(card.data())
                .extracting(ModelCard.DataSource::licence)
                .containsExactly("CC0", "CC0 too");
        assertThat(card.data().get(0).leftOut()).isNull();
        assertThat(card.data().get(1).leftOut()).containsExactly("test/0.png", "test/1.png");
        Subgroups.Subgroup firstTen = Objects.requireNonNull(card.subgroups()).figures().get(0);
        assertThat(firstTen.pictures()).isEqualTo(10);
        SplitMetrics ofTwoClasses = card.metrics().get(3);
        // Of two classes, each against the other: one area.
        assertThat(ofTwoClasses.classes())
                .extracting(ModelCard.ClassMetrics::auroc)
                .containsOnly(ofTwoClasses.auroc());
        assertThat(firstTen.auroc()).containsOnlyKeys("dark", "light");
        ModelCard.Cost cost = Objects.requireNonNull(card.training().cost());
        assertThat(cost.pictures()).isEqualTo(4 * 3 * 8);
        assertThat(cost.coreHours()).isPositive();
        assertThat(cost.machine()).contains("cores");
        assertThat(ArtifactContent.ofCandidate(out).artifact().reading().transform())
                .isEqualTo(Transform.square(32, Transform.Fit.COVER, ColourStep.SHADES_OF_GREY));
    }

    private Path recipe(int rounds) throws Exception {
        return Files.writeString(folder.resolve("recipe" + rounds + ".yaml"), recipeText(rounds));
    }

    private static String recipeText(int rounds) {
        return """
                name: drawn-light
                version: 0.1.0
                dataSet: drawn_2class
                inputSide: 32
                augmentation: {smallestCrop: 0.8, stretch: 1.1, flips: true, quarterTurns: true, brightness: 0.05, contrast: 0, saturation: 0, tint: 0}
                balance: 1
                labelSmoothing: 0
                batchSize: 8
                steps: %d
                judgeEvery: 3
                patience: 20
                optimiser: {peakLearningRate: 0.003, warmUp: 0.2, weightDecay: 0.01, averageDecay: 0.5}
                seed: 3
                card: {summary: Light or dark., intendedUse: Tests., outOfScope: [All else.], dataLicence: CC0, commercialUse: true, citation: None., subgroups: Drawn by code., limits: [Small.]}
                """
                .formatted(3 * rounds);
    }

    private static class Curve implements TrainingProgress {
        final List<Double> losses = new ArrayList<>();
        final List<String> notes = new ArrayList<>();

        @Override
        public void step(StepReport report) {}

        @Override
        public void round(RoundReport report) {
            losses.add(report.loss());
        }

        @Override
        public void note(String sentence) {
            notes.add(sentence);
        }
    }

    /** Ends the run from outside, in the middle of a round. */
    private static final class PowerCut extends Curve {
        private final int afterRound;

        PowerCut(int afterRound) {
            this.afterRound = afterRound;
        }

        @Override
        public void step(StepReport report) {
            if (report.round() > afterRound) {
                throw new PowerCutException();
            }
        }
    }

    private static final class PowerCutException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
