package dev.medzoo.registry.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.GateReport;
import dev.medzoo.zoo.artifact.GateReport.Budget;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.TestPredictions;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class GateTest {
    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-11-23T12:00:00.5Z"), ZoneOffset.UTC);
    private static final Budget AMPLE = new Budget(64 << 20, 60_000);

    private Path data = Path.of("");
    private Path candidate = Path.of("");

    @BeforeEach
    void draw(@TempDir Path folder) throws Exception {
        data = DrawnData.in(folder);
        candidate = DrawnCandidate.write(folder.resolve("candidate"), "0.1.0", data);
    }

    private GateReport judge(Budget budget, @Nullable Path pictures) throws Exception {
        return judge(budget, pictures, Gate.OtherCards.NONE);
    }

    private GateReport judge(Budget budget, @Nullable Path pictures, Gate.OtherCards others)
            throws Exception {
        ArtifactContent content = ArtifactContent.ofCandidate(candidate);
        return new Gate(budget, NOON).judge(content, pictures, others);
    }

    /** What the only line that failed says. */
    private String refusal() throws Exception {
        List<GateReport.Line> failed = judge(AMPLE, data).failed();
        assertThat(failed).as("lines that failed").hasSize(1);
        assertThat(failed.get(0).message()).matches(".*\\(expected: .+; to fix it: .+\\)");
        return failed.get(0).message();
    }

    private void rewriteCard(String pattern, String replacement) throws Exception {
        Path path = candidate.resolve("card.json");
        String card = Files.readString(path);
        assertThat(card).containsPattern(pattern);
        Files.writeString(path, card.replaceAll(pattern, replacement));
    }

    @Test
    void aWholeCandidatePasses() throws Exception {
        GateReport report = judge(AMPLE, data);

        assertThat(report.failed()).isEmpty();
        assertThat(report.passed()).isTrue();
        assertThat(report.lines())
                .extracting(GateReport.Line::name)
                .containsExactly(
                        "card",
                        "words",
                        "golden",
                        "split",
                        "weights",
                        "runtimes",
                        "budget",
                        "files",
                        "licence");
        assertThat(report.time()).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(report.budget()).isEqualTo(AMPLE);
        assertThat(report.machine()).containsEntry("engineThreads", "1").containsKey("java");
    }

    @Test
    void itsReportGoesIntoTheArtifactAndBackOut() throws Exception {
        ArtifactContent content = ArtifactContent.ofCandidate(candidate);
        GateReport report = judge(AMPLE, data);
        ArtifactContent judged = content.with(report);

        assertThat(judged.gateReport()).contains(report);
        assertThat(judged.file("gate.json")).isEqualTo(report.toBytes());
        assertThat(report.isOf(judged.manifest())).isTrue();
        assertThat(content.gateReport()).isEmpty();
    }

    @Test
    void aReportOfOtherFilesIsRefused() throws Exception {
        GateReport report = judge(AMPLE, data);
        rewriteCard("Small\\.", "Tiny.");
        ArtifactContent other = ArtifactContent.ofCandidate(candidate);

        assertThatThrownBy(() -> other.with(report))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith(
                        "gate.json: judged " + report.judged() + " (expected: these files, ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Research use only. | '' | /notice does not match the regex pattern",
                "Nobody\\. | ' ' | /data/0/citation does not match the regex pattern",
                "\"All else\\.\" | '' | /outOfScope must have at least 1 items but found 0",
                "\"commit\" | \"comit\" | /training/versions required property 'commit' not found",
                "\"split\" : \"val\" | \"split\" : \"dev\" | /metrics must contain at least 1 element",
                "\"reliability\" : \\{[\\s\\S]*?\\n      } | \"reliability\" : null | /metrics/0/reliability null",
                "(\"subgroups\" :) \\{[^}]*} | $1 null | /subgroups null found, object expected",
                "\"Small\\.\" | '' | /limits must have at least 1 items but found 0",
            })
    void aCardMustSayWhatItsSchemaDemands(String pattern, String bad, String reason)
            throws Exception {
        rewriteCard(pattern, bad);

        assertThat(refusal())
                .startsWith("card: ")
                .contains(reason)
                .contains("(expected: valid by card.schema.json; to fix it: ");
    }

    @Test
    void aCardWithoutFiguresNamesTheCommandThatMeasuresThem() throws Exception {
        rewriteCard("\"split\" : \"test\"", "\"split\" : \"exam\"");

        assertThat(refusal())
                .endsWith(
                        "; to fix it: run medzoo evaluate CANDIDATE --data DIR with --split val,"
                                + " then with --split test)");
    }

    @Test
    void aCardMayNotHaveTheWordsOfAnotherModel() throws Exception {
        ModelCard own = ArtifactContent.ofCandidate(candidate).card();
        rewriteCard("\"intendedUse\" : \"Tests\\.\"", "\"intendedUse\" : \"Trials.\"");
        rewriteCard("\"Discs of two kinds", "\"discs of  TWO kinds");

        List<GateReport.Line> failed = judge(AMPLE, data, () -> List.of(own)).failed();

        assertThat(failed)
                .extracting(GateReport.Line::message)
                .singleElement()
                .asString()
                .startsWith(
                        "words: card: summary: \"discs of TWO kinds.\", the same as in drawn/0.1.0"
                                + " (expected: its own text) (")
                .contains("to fix it: write new text under `card` in the recipe");
    }

    @Test
    void theGoldenPictureMustBeServedAsItSays() throws Exception {
        Path golden = candidate.resolve("golden/golden.json");
        String text = Files.readString(golden);
        Files.writeString(
                golden,
                text.replaceAll(
                        "\"probabilities\" : \\[[^\\]]*\\]", "\"probabilities\" : [ 0.9, 0.1 ]"));

        assertThat(line("golden").message())
                .matches(
                        "golden: discs.png: probabilities off by \\d.\\de-\\d\\d"
                                + " \\(tolerance 1.0e-04\\) \\(expected: the tensors and probabilities of"
                                + " golden/golden.json; to fix it: restore the files that medzoo"
                                + " train wrote, or train again.*\\)");
    }

    @Test
    void theGoldenTensorMustBeWhatTheTransformGives() throws Exception {
        Path tensor = candidate.resolve("golden/discs.f32");
        byte[] floats = Files.readAllBytes(tensor);
        floats[3] ^= 1;
        Files.write(tensor, floats);
        assertThat(line("golden").message()).startsWith("golden: discs.png: tensor off by ");

        Files.write(tensor, Arrays.copyOf(floats, 8));
        assertThat(line("golden").message())
                .startsWith("golden: discs.png: tensor off by Infinity");
    }

    @Test
    void theSplitIsNotCheckedWithoutData() throws Exception {
        List<GateReport.Line> failed = judge(AMPLE, null).failed();

        assertThat(failed)
                .extracting(GateReport.Line::message)
                .containsExactly(
                        "split: not checked: the data folder was not given (expected: the data"
                                + " that the card names, with no group or near-duplicate in two"
                                + " splits; to fix it: run medzoo publish CANDIDATE --data DIR)");
    }

    @Test
    void aPictureThatIsGoneIsSaid() throws Exception {
        Files.delete(data.resolve("val/0.png"));

        assertThat(refusal())
                .startsWith("split: drawn_2class/manifest.csv line 8: val/0.png: absent (");
    }

    @Test
    void theDataMustBeThoseOfTheCard() throws Exception {
        DrawnData.add(data, "train/new.png", "train", "new", png(7));

        assertThat(refusal())
                .startsWith("split: manifest.csv of drawn_2class: sha256 ")
                .contains(
                        " as in the card",
                        "to fix it: run medzoo publish CANDIDATE --data DIR with");
    }

    @Test
    void aPictureOfOneSetIsFoundOnAnotherSideOfAnother(@TempDir Path folder) throws Exception {
        Path second = Files.createDirectories(folder.resolve("second"));
        Path one = DrawnData.in(folder);
        Files.writeString(second.resolve("manifest.csv"), "file,label,split,group,sha256,note\n");
        byte[] repeated = Files.readAllBytes(one.resolve("test/0.png"));
        DrawnData.add(second, "train/again.png", "train", "other", repeated);

        candidate =
                DrawnCandidate.write(
                        folder.resolve("candidate"),
                        "0.1.0",
                        List.of(
                                DrawnCandidate.source(one, null),
                                DrawnCandidate.source(second, null)));
        data = folder;
        assertThat(refusal())
                .startsWith(
                        "split: second/manifest.csv line 2: train/again.png of train is a near-duplicate of"
                                + " test/0.png of test, drawn_2class/manifest.csv line 14 (");

        candidate =
                DrawnCandidate.write(
                        folder.resolve("candidate2"),
                        "0.1.0",
                        List.of(
                                DrawnCandidate.source(one, null),
                                DrawnCandidate.source(second, List.of("train/again.png"))));
        assertThat(judge(AMPLE, folder).failed()).isEmpty();
    }

    @Test
    void aGroupStandsOnOneSideOfTheSplit() throws Exception {
        DrawnData.add(data, "test/new.png", "test", "train0", png(7));
        writeCandidateAgain();

        assertThat(refusal())
                .startsWith(
                        "split: group: train0 in test (drawn_2class/manifest.csv line 20) and train"
                                + " (drawn_2class/manifest.csv lines 2, 3) (expected: in one split)");
    }

    @Test
    void aPictureEncodedAnewAndBrightenedIsFoundOnTheOtherSide() throws Exception {
        byte[] twin =
                DrawnData.bytes(DrawnData.brighter(DrawnData.picture("train".hashCode())), "jpg");
        DrawnData.add(data, "test/twin.jpg", "test", "twin", twin);
        writeCandidateAgain();

        assertThat(refusal())
                .startsWith(
                        "split: drawn_2class/manifest.csv line 20: test/twin.jpg of test is a near-duplicate of"
                                + " train/0.png of train, drawn_2class/manifest.csv line 2 (");
    }

    @Test
    void aFlatPictureIsNobodysTwinButItsOwn() throws Exception {
        byte[] grey = DrawnData.bytes(flat(0x808080), "png");
        DrawnData.add(data, "train/grey.png", "train", "grey", grey);
        DrawnData.add(data, "test/red.png", "test", "red", DrawnData.bytes(flat(0xff0000), "png"));
        writeCandidateAgain();
        assertThat(judge(AMPLE, data).failed()).isEmpty();

        DrawnData.add(data, "test/grey.png", "test", "other", grey);
        writeCandidateAgain();
        assertThat(refusal())
                .contains("test/grey.png of test is a near-duplicate of train/grey.png of train");
    }

    @Test
    void aChangedOrBrokenPictureIsSaid() throws Exception {
        Files.write(data.resolve("val/0.png"), png(7));
        assertThat(refusal())
                .startsWith("split: drawn_2class/manifest.csv line 8: val/0.png: sha256 ");

        DrawnData.add(data, "val/cut.png", "val", "cut", Arrays.copyOf(png(8), 99));
        Files.write(data.resolve("val/0.png"), png("val".hashCode()));
        writeCandidateAgain();
        assertThat(refusal())
                .startsWith(
                        "split: drawn_2class/manifest.csv line 20: val/cut.png: picture: truncated"
                                + " PNG");
    }

    @Test
    void theCardCountsTheWeights() throws Exception {
        rewriteCard("\"parameters\" : \\d+", "\"parameters\" : 7");

        assertThat(refusal())
                .matches(
                        "weights: \\d+ parameters, finite"
                                + " \\(expected: finite numbers in the network's shapes, 7 of"
                                + " them, as the card says; to fix it: restore the files that"
                                + " medzoo train wrote, or train again\\)");
    }

    @Test
    void weightsThatAreNoNumbersFailEveryLineThatLoadsThem() throws Exception {
        Path params = candidate.resolve("drawn-0000.params");
        byte[] bytes = Files.readAllBytes(params);
        Arrays.fill(bytes, bytes.length - Float.BYTES, bytes.length, (byte) 0xff);
        Files.write(params, bytes);

        assertThat(judge(AMPLE, data).failed())
                .extracting(GateReport.Line::name)
                .containsExactly("golden", "weights", "budget");
        assertThat(line("weights").seen()).contains("finite");
    }

    @Test
    void everyCandidateHasItsNetworkAsAGraph() throws Exception {
        Path graph = candidate.resolve("model.onnx");
        byte[] whole = Files.readAllBytes(graph);
        Files.delete(graph);
        assertThat(refusal())
                .startsWith("runtimes: no model.onnx (expected: model.onnx gives the")
                .contains("to fix it: run medzoo train or medzoo refit to write the graphs");

        Files.write(graph, Arrays.copyOf(whole, whole.length / 2));
        assertThat(refusal()).startsWith("runtimes: graph of drawn: ");

        Path other = candidate.resolveSibling("other");
        DrawnCandidate.write(other, "0.1.7", data);
        Files.copy(other.resolve("model.onnx"), graph, StandardCopyOption.REPLACE_EXISTING);
        assertThat(refusal())
                .matches("runtimes: model\\.onnx: differs by .* \\(tolerance 1\\.0e-04\\) .*");
    }

    @Test
    void eightBitsAreJudgedByWhatTheySaidOfTheTestPictures() throws Exception {
        Files.copy(candidate.resolve("model.onnx"), candidate.resolve("model-int8.onnx"));
        assertThat(refusal())
                .startsWith("runtimes: no predictions-int8.csv beside predictions.csv");

        Files.write(candidate.resolve("predictions.csv"), said(0).toBytes());
        Files.write(candidate.resolve("predictions-int8.csv"), said(0).toBytes());
        assertThat(refusal()).contains("no regression (the card says: null)");

        rewriteCard("(\"limits\" : \\[[^\\]]*\\])", "$1, \"eightBits\" : " + EIGHT_BITS);
        assertThat(judge(AMPLE, data).failed()).isEmpty();
        assertThat(line("runtimes").seen()).contains("8 bits differ by at most", "no regression");

        Files.write(candidate.resolve("predictions-int8.csv"), said(3).toBytes());
        assertThat(refusal()).startsWith("runtimes: 8 bits: ").contains("balanced accuracy -0.");
    }

    private static final String EIGHT_BITS =
            """
            {"kept": true, "balancedAccuracy": {"value": 1, "low": 1, "high": 1},
             "difference": {"value": 0, "low": 0, "high": 0},
             "calibrationError": {"value": 0, "low": 0, "high": 0},
             "meanChange": 0.001, "largestChange": 0.01, "flagChanged": 0}
            """;

    /** Of twenty pictures, each a group, so many named wrongly. */
    private static TestPredictions said(int wrong) {
        List<TestPredictions.Picture> pictures = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int label = i % 2;
            boolean isBenign = (label == 0) != (i < wrong);
            pictures.add(
                    new TestPredictions.Picture(
                            "%064x".formatted(i),
                            "group" + i,
                            label,
                            isBenign ? List.of(0.9, 0.1) : List.of(0.1, 0.9)));
        }
        return new TestPredictions(DrawnCandidate.READING.labels(), pictures);
    }

    @Test
    void sizeAndLatencyMustKeepTheBudget() throws Exception {
        assertThat(judge(new Budget(1, 60_000), data).failed())
                .extracting(GateReport.Line::message)
                .singleElement()
                .asString()
                .matches(
                        "budget: \\d+ bytes, \\d+\\.\\d ms a picture"
                                + " \\(expected: at most 1 bytes and 60000 ms; to fix it: raise"
                                + " the limit with medzoo publish CANDIDATE --max-bytes N .*\\)");
        assertThat(judge(new Budget(64 << 20, 0), data).failed())
                .extracting(GateReport.Line::name)
                .containsExactly("budget");
    }

    @Test
    void aReportThatTheGateDidNotWriteIsRefused() throws Exception {
        ArtifactContent forged = ArtifactContent.ofCandidate(candidate).with(judge(AMPLE, data));

        assertThat(new Gate(AMPLE, NOON).judge(forged, data, Gate.OtherCards.NONE).failed())
                .extracting(GateReport.Line::message)
                .containsExactly(
                        "files: gate.json (expected: only files of the allow-list, and no"
                                + " gate.json yet; to fix it: delete gate.json from CANDIDATE)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CC BY-NC 4.0 | on request | licence of drawn_2class not known: on request; ",
                "CC BY-NC 4.0 | CC BY-NC-ND | CC BY-NC-ND forbids adaptations (",
                "(\"commercialUse\" :) false | $1 true | commercialUse is true, but the data's"
                        + " licences say false (",
                "CC BY-NC 4.0(\",\\s+\"comm) | CC BY$1 | the card's licence, CC BY, is less strict"
                        + " than the data's: it lacks [NC] (",
                "CC BY-NC 4.0(\",\\s+\"comm) | ours$1 | licence of the weights not known: ours;",
            })
    void licencesMustBeKnownAndTheCardClaimNoMore(String pattern, String bad, String reason)
            throws Exception {
        rewriteCard(pattern, bad);

        assertThat(refusal())
                .startsWith("licence: " + reason)
                .contains(
                        "and a card that claims no more rights than they grant; to fix it: state"
                                + " the pictures' licence with medzoo card CANDIDATE --licence");
    }

    @Test
    void picturesWithoutLabelsHaveASayInTheLicenceToo() throws Exception {
        rewriteCard(
                "\"pretraining\" : null",
                """
                "pretraining" : {"name": "pool", "version": "1.0.0", "command": "c", "recipe": "r",
                "pool": [], "licence": "CC BY-SA 4.0", "minutes": 1, "device": "cpu",
                "weightsSha256": "0"}""");

        assertThat(refusal())
                .startsWith(
                        "licence: CC BY-SA requires that commercial use is allowed, but another"
                                + " licence forbids it; ")
                .contains("is less strict than the data's: it lacks [SA]");
    }

    private GateReport.Line line(String name) throws Exception {
        return judge(AMPLE, data).lines().stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void writeCandidateAgain() throws Exception {
        candidate =
                DrawnCandidate.write(
                        Files.createTempDirectory(
                                Objects.requireNonNull(data.getParent()), "candidate"),
                        "0.1.0",
                        data);
    }

    private static byte[] png(long seed) throws Exception {
        return DrawnData.bytes(DrawnData.picture(seed), "png");
    }

    private static BufferedImage flat(int rgb) {
        BufferedImage image = DrawnData.picture(0);
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            image.setRGB(i % image.getWidth(), i / image.getWidth(), rgb);
        }
        return image;
    }
}
