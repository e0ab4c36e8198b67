package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.store.CacheFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From pictures to findings by commands alone. */
@Tag("slow")
class WholePathTest {
    @RegisterExtension static final TrainedModel MODEL = new TrainedModel();

    @TempDir Path folder = Path.of("");

    @Test
    void trainSaysTheFiguresOnValAndWhereTheCandidateIs() {
        CommandRun train = MODEL.work().train();

        assertThat(train.exitCode()).as(train.err()).isZero();
        assertThat(train.outLines())
                .contains("val: 8 pictures in 4 groups, 95 % intervals over groups")
                .endsWith("candidate: " + MODEL.work().candidate(), "report: " + report("train"));
        assertThat(report("train")).isRegularFile();
        assertThat(train.out()).containsPattern("balanced accuracy +[01]\\.\\d{3} \\[");
    }

    @Test
    void checkSaysThatNothingSpeaksAgainstATrainingAndTrainsNothing() {
        CommandRun check = check(MODEL.work().folder().resolve("drawn_2class"));

        assertThat(check.exitCode()).as(check.err()).isZero();
        assertThat(check.outLines()).containsExactly("no faults: ready to train");
    }

    @Test
    void checkTellsEveryFaultInALineOfItsOwn() throws Exception {
        Path data = DrawnPictureSet.in(folder);
        Files.delete(data.resolve("train/0.png"));
        Files.delete(data.resolve("val/1.png"));

        CommandRun check = check(data);

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out()).isEmpty();
        assertThat(check.errLines())
                .containsExactly(
                        "medzoo: drawn_2class/manifest.csv line 2: train/0.png: absent (expected: a"
                                + " file that is there)",
                        "medzoo: drawn_2class/manifest.csv line 27: val/1.png: absent (expected: a"
                                + " file that is there)");
    }

    private static CommandRun check(Path data) {
        String recipe = MODEL.work().folder().resolve("drawn.yaml").toString();
        return CommandRun.of("train", "--check", "--recipe", recipe, "--data", data.toString());
    }

    @Test
    void evaluateSaysTheFiguresAndWritesThemIntoTheCard() throws Exception {
        CommandRun evaluate = MODEL.work().evaluate();

        assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
        assertThat(evaluate.out())
                .startsWith("test: 8 pictures in 4 groups")
                .contains(
                        "macro-F1",
                        "AUROC",
                        "confusion matrix (row: true label, column: predicted label)")
                .containsPattern("Brier score +[01]\\.\\d{3} \\[.*\\] +[01]\\.\\d{3} \\[")
                .containsPattern("sets of 90 %: hold the true label +[01]\\.\\d{3} \\[")
                .containsPattern("flagged as another kind +[01]\\.\\d{3} \\[")
                .containsPattern("dark +4 +[01]\\.\\d{3} \\[")
                .endsWith("report: %s%n".formatted(report("evaluate-test")));
        assertThat(report("evaluate-test")).isRegularFile();
        assertThat(Files.readString(MODEL.work().candidate().resolve("card.json")))
                .contains("\"split\" : \"test\"");
    }

    @Test
    void evaluateReadsPicturesAtAnAddress() throws Exception {
        Path copy = folder.resolve("copy");
        copy(MODEL.work().candidate(), copy);
        Path card = copy.resolve("card.json");
        String scored = Files.readString(card);
        System.setProperty(CacheFolder.PROPERTY, folder.resolve("cache").toString());
        try (ServedFolder server = new ServedFolder(MODEL.work().folder())) {
            CommandRun run =
                    CommandRun.of(
                            "evaluate",
                            copy.toString(),
                            "--data",
                            server.address(),
                            "--split",
                            "test");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).contains("drawn_2class: 40 pictures, 40 of them fetched");
        } finally {
            System.clearProperty(CacheFolder.PROPERTY);
        }
        assertThat(Files.readString(card)).isEqualTo(scored);
    }

    @Test
    void compareShowsRunsSideBySideAndWhatTheirRecipesSayOtherwise() throws Exception {
        Path first = MODEL.work().candidate();
        Path second = folder.resolve("second");
        copy(first, second);
        Path card = second.resolve("card.json");
        String text = Files.readString(card);
        assertThat(text).contains("\\nseed: 3\\n");
        Files.writeString(card, text.replace("\\nseed: 3\\n", "\\nseed: 4\\n"));
        Path page = folder.resolve("compare.html");

        CommandRun compare =
                CommandRun.of(
                        "compare", first.toString(), second.toString(), "--out", page.toString());

        assertThat(compare.exitCode()).as(compare.err()).isZero();
        assertThat(compare.outLines())
                .anyMatch(line -> line.startsWith(first + "  ") && line.contains(" test "))
                .anyMatch(line -> line.startsWith(second + " ") && line.contains(" val "))
                .anyMatch(line -> line.matches("seed +3 +4"))
                .noneMatch(line -> line.startsWith("steps "))
                .contains("Of some runs no curve is kept beside the candidate.")
                .endsWith("page: " + page);
        assertThat(Files.readString(page))
                .contains("aria-label=\"Macro-F1 on val\"", "aria-label=\"Loss on val\"");
    }

    /** The copy names every picture wrong that the first names right, and the other way round. */
    @Test
    void compareMeasuresTheDifferenceOnTheSameTestPictures() throws Exception {
        Path first = MODEL.work().candidate();
        Path same = folder.resolve("same");
        copy(first, same);
        Path opposite = folder.resolve("opposite");
        copy(first, opposite);
        Path file = opposite.resolve("predictions.csv");
        List<String> lines = Files.readAllLines(file);
        lines.replaceAll(
                line -> line.replaceFirst("(0\\.\\d{6}|1\\.0{6}),([01]\\.\\d{6})$", "$2,$1"));
        Files.writeString(file, String.join("\n", lines) + "\n");
        Path unscored = folder.resolve("unscored");
        copy(first, unscored);
        Files.delete(unscored.resolve("predictions.csv"));
        Path page = folder.resolve("compare.html");

        CommandRun compare =
                CommandRun.of(
                        "compare",
                        first.toString(),
                        same.toString(),
                        opposite.toString(),
                        unscored.toString(),
                        "--out",
                        page.toString());

        assertThat(compare.exitCode()).as(compare.err()).isZero();
        String nothing = "\\+0\\.000 \\[\\+0\\.000, \\+0\\.000\\]";
        String pictures = " +" + first + " +8 +4 +";
        assertThat(compare.outLines())
                .anyMatch(
                        line ->
                                line.matches(
                                        same
                                                + pictures
                                                + nothing
                                                + " +"
                                                + nothing
                                                + " +0 +0 +undecided, 4 groups \\(expected: at least"
                                                + " 6\\)"))
                .anyMatch(line -> line.matches(opposite + pictures + ".* +\\d +\\d +undecided, .*"))
                .contains(
                        ("%s and %s are not compared picture by picture: %s has no predictions on"
                                        + " test (medzoo evaluate --split test writes them).")
                                .formatted(unscored, first, unscored));
        assertThat(Files.readString(page))
                .contains("<h2>Against the first run, on the same test pictures</h2>");
    }

    @Test
    void evaluateAndPublishCompareWithTheParentThatHasTheSameLabels() throws Exception {
        MODEL.work().publish();
        String data = MODEL.work().folder().resolve("drawn_2class").toString();
        String child = folder.resolve("child").toString();
        String recipe =
                recipeWith(
                                "version: 0.1.0",
                                "version: 0.2.0\ntransfer: {frozenParts: 5, bodyRate: 0.1}")
                        .toString();
        CommandRun train =
                CommandRun.of(
                        "--store",
                        store(),
                        "train",
                        "--recipe",
                        recipe,
                        "--data",
                        data,
                        "--from",
                        "drawn-light/0.1.0",
                        "--out",
                        child);
        assertThat(train.exitCode()).as(train.err()).isZero();

        CommandRun evaluate = CommandRun.of("--store", store(), "evaluate", child, "--data", data);
        String known = Files.readString(evaluated(child));
        CommandRun elsewhere =
                CommandRun.of("--store", folder.toString(), "evaluate", child, "--data", data);

        assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
        assertThat(known)
                .containsPattern("drawn-light/0\\.1\\.0, the parent</th><td>[01]\\.\\d{3}<")
                .contains("the most common label</th>", "<p>This model minus its parent: macro-F1 ")
                .contains("on 8 pictures in 4 groups: undecided, 4 groups")
                .doesNotContain("it may have learnt from pictures of this split");
        assertThat(elsewhere.exitCode()).as(elsewhere.err()).isZero();
        assertThat(Files.readString(evaluated(child)))
                .contains("<p>Not compared with the parent, drawn-light/0.1.0: ")
                .doesNotContain(", the parent</th>");

        Path store = folder.resolve("store");
        copy(MODEL.work().store(), store);
        CommandRun publish =
                CommandRun.of(
                        "publish",
                        child,
                        "--data",
                        data,
                        "--store",
                        store.toString(),
                        "--key",
                        MODEL.work().key().toString());
        assertThat(publish.out()).contains("test has not been scored: scoring it now");
        assertThat(publish.exitCode()).as(publish.err() + publish.out()).isZero();
        assertThat(Files.readString(evaluated(child, "test")))
                .containsPattern("drawn-light/0\\.1\\.0, the parent</th><td>[01]\\.\\d{3}<");
    }

    private static Path evaluated(String candidate) {
        return evaluated(candidate, "val");
    }

    private static Path evaluated(String candidate, String split) {
        return Path.of(candidate + ".report", "evaluate-" + split, "report.html");
    }

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    @Test
    void evaluateSaysHowWellForeignPicturesAreTold() throws Exception {
        Path foreign = DrawnPictureSet.foreign(folder);

        CommandRun evaluate =
                CommandRun.of(
                        "evaluate",
                        MODEL.work().candidate().toString(),
                        "--data",
                        MODEL.work().folder().resolve("drawn_2class").toString(),
                        "--foreign",
                        foreign.toString());

        assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
        assertThat(evaluate.out()).containsPattern("drawn_other test +2 +[01]\\.\\d{3} \\[");
    }

    @Test
    void probeSaysWhatFeaturesAreWorthBesideRandomOnes() {
        String data = MODEL.work().folder().resolve("drawn_2class").toString();
        String figures = " +val: neighbours [01]\\.\\d{3} +linear [01]\\.\\d{3} +across groups: .*";

        CommandRun trained =
                CommandRun.of("probe", MODEL.work().candidate().toString(), "--data", data);
        CommandRun random = CommandRun.of("probe", "random", "--data", data);

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.out()).containsPattern("drawn_2class +drawn-light/0\\.1\\.0" + figures);
        assertThat(random.exitCode()).as(random.err()).isZero();
        assertThat(random.out()).containsPattern("drawn_2class +random" + figures);
    }

    @Test
    void publishSaysWhichBytesEveryoneNowGets() {
        CommandRun publish = MODEL.work().publish();

        assertThat(publish.exitCode()).as(publish.err()).isZero();
        assertThat(publish.outLines())
                .filteredOn(line -> line.matches("\\w+ +passed +.*"))
                .extracting(line -> line.split(" ", 2)[0])
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
        assertThat(publish.outLines()).contains("drawn-light 0.1.0");
        assertThat(digest()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void reproduceTrainsAgainToTheSameBits() {
        MODEL.work().publish();

        CommandRun reproduce =
                CommandRun.of(
                        "reproduce",
                        "drawn-light",
                        "0.1.0",
                        "--store",
                        store(),
                        "--data",
                        MODEL.work().folder().toString(),
                        "--work",
                        folder.toString());

        assertThat(reproduce.exitCode()).as(reproduce.err()).isZero();
        assertThat(reproduce.out())
                .containsPattern("macro-F1 +[01]\\.\\d{3} \\[.*\\] +[01]\\.\\d{3} +within")
                .contains("weights: bitwise identical");
    }

    @Test
    void refitKeepsTheWeightsAndFitsTheRestAsTrainingDid() throws Exception {
        MODEL.work().publish();
        Path out = folder.resolve("refitted");

        CommandRun refit = refit(recipeWith("version: 0.1.0", "version: 0.2.0"), out);

        assertThat(refit.exitCode()).as(refit.err()).isZero();
        assertThat(refit.out())
                .startsWith("val: 8 pictures in 4 groups")
                .endsWith("candidate: %s%n".formatted(out));
        Path trained = MODEL.work().candidate();
        String weights = "drawn-light-0000.params";
        assertThat(out.resolve(weights)).hasSameBinaryContentAs(trained.resolve(weights));
        assertThat(json(out.resolve("artifact.json")).get("reading"))
                .isEqualTo(json(trained.resolve("artifact.json")).get("reading"));
        JsonNode training = json(out.resolve("card.json")).get("training");
        assertThat(training.get("recipe").textValue()).contains("version: 0.2.0");
        assertThat(training.get("refitted").get("version").textValue()).isEqualTo("0.1.0");
        assertThat(training.get("refitted").get("digest").textValue()).isEqualTo(digest());
    }

    @Test
    void refitTellsAllThatWouldGiveOtherWeights() throws Exception {
        MODEL.work().publish();

        CommandRun refit = refit(recipeWith("seed: 3", "seed: 4"), folder.resolve("refitted"));

        assertThat(refit.exitCode()).isOne();
        assertThat(refit.err())
                .contains("version: 0.1.0 (expected: above 0.1.0, the version that is refitted)")
                .contains("seed: 4 (expected: 3, as the weights were trained with)");
        assertThat(folder.resolve("refitted")).doesNotExist();
    }

    private static JsonNode json(Path file) throws Exception {
        return new ObjectMapper().readTree(Files.readAllBytes(file));
    }

    private Path recipeWith(String before, String after) throws Exception {
        String recipe = Files.readString(MODEL.work().folder().resolve("drawn.yaml"));
        assertThat(recipe).contains(before);
        return Files.writeString(folder.resolve("new.yaml"), recipe.replace(before, after));
    }

    private CommandRun refit(Path recipe, Path out) {
        return CommandRun.of(
                "refit",
                "drawn-light",
                "--store",
                store(),
                "--recipe",
                recipe.toString(),
                "--data",
                MODEL.work().folder().resolve("drawn_2class").toString(),
                "--out",
                out.toString());
    }

    /** Another kind of network, from its recipe to a finding by every runtime. */
    @Test
    void aResidualNetworkGoesTheWholePathToo() throws Exception {
        Path recipe = recipeWith("seed: 3", "seed: 3\nnetwork: {type: residual}");
        String data = MODEL.work().folder().resolve("drawn_2class").toString();
        String candidate = folder.resolve("residual").toString();
        String store = folder.resolve("store").toString();
        String key = MODEL.work().key().toString();

        CommandRun train =
                CommandRun.of(
                        "train", "--recipe", recipe.toString(), "--data", data, "--out", candidate);
        CommandRun.of("evaluate", candidate, "--data", data, "--split", "test");
        CommandRun publish =
                CommandRun.of("publish", candidate, "--data", data, "--store", store, "--key", key);

        assertThat(train.exitCode()).as(train.err()).isZero();
        assertThat(publish.exitCode()).as(publish.err() + publish.out()).isZero();
        JsonNode artifact = json(folder.resolve("store/drawn-light/0.1.0/artifact.json"));
        assertThat(artifact.path("network").path("type").asText()).isEqualTo("residual");
        for (String runtime : List.of("pytorch", "onnx", "auto")) {
            CommandRun predict =
                    CommandRun.of(
                            "predict",
                            "drawn-light/0.1.0",
                            "--store",
                            store,
                            "--runtime",
                            runtime,
                            dark(),
                            light());
            assertThat(predict.exitCode()).as(predict.err()).isZero();
            assertThat(predict.outLines().get(1)).startsWith(dark() + "  dark ");
            assertThat(predict.outLines().get(2)).startsWith(light() + "  light ");
        }
    }

    @Test
    void onnxWritesAFileOnce() throws Exception {
        MODEL.work().publish();
        Path file = folder.resolve("drawn-light.onnx");
        String[] command = {"onnx", "drawn-light", "--store", store(), "--out", file.toString()};

        CommandRun export = CommandRun.of(command);
        CommandRun again = CommandRun.of(command);

        assertThat(export.exitCode()).as(export.err()).isZero();
        assertThat(export.out())
                .isEqualTo(
                        "wrote %s: drawn-light/0.1.0, %s, %d bytes%n"
                                .formatted(file, digest(), Files.size(file)));
        assertThat(again.exitCode()).isOne();
        assertThat(again.err())
                .contains("--out: " + file + " already exists (expected: a new file)");
    }

    @Test
    void listShowsVersionAliasDigestAndSummary() {
        CommandRun models = CommandRun.of("list", "--store", store());

        assertThat(models.exitCode()).as(models.err()).isZero();
        String digest = digest().substring(0, 19);
        assertThat(models.outLines().get(1))
                .matches(
                        "drawn-light +0\\.1\\.0 +candidate, stable +"
                                + digest
                                + " +Light or dark\\.");
        assertThat(models.outLines()).endsWith(Finding.NOTICE);
    }

    @Test
    void listOfAnEmptyStoreSaysThatThereAreNone() throws Exception {
        Files.writeString(
                folder.resolve("index.json"),
                "{\"format\":1,\"serial\":0,\"artifacts\":{},\"aliases\":{}}");

        CommandRun models = CommandRun.of("list", "--store", folder.toString());

        assertThat(models.exitCode()).as(models.err()).isZero();
        assertThat(models.outLines()).containsExactly("no models in " + folder);
    }

    @Test
    void predictPrintsATable() {
        CommandRun predict = CommandRun.of("predict", "drawn-light", "--store", store(), dark());

        assertThat(predict.exitCode()).as(predict.err()).isZero();
        assertThat(predict.err()).isEmpty();
        assertThat(predict.outLines().get(0))
                .matches("file +finding +probability +others +set of 90 %");
        assertThat(predict.outLines().get(1))
                .startsWith(dark() + "  dark ")
                .containsPattern(" \\d+\\.\\d % +light \\d+\\.\\d % +dark");
        assertThat(predict.outLines()).endsWith("drawn-light 0.1.0, " + digest(), Finding.NOTICE);
    }

    @Test
    void predictPrintsJson() throws Exception {
        CommandRun predict =
                CommandRun.of(
                        "predict",
                        "drawn-light/0.1.0",
                        "--json",
                        "--store",
                        store(),
                        dark(),
                        light());

        assertThat(predict.exitCode()).as(predict.err()).isZero();
        JsonNode first = predict.json().get(0);
        assertThat(first.fieldNames())
                .toIterable()
                .containsExactly(
                        "file",
                        "model",
                        "version",
                        "digest",
                        "label",
                        "probability",
                        "probabilities",
                        "abstained",
                        "set",
                        "outOfDistribution",
                        "notice");
        assertThat(first.path("set").path("coverage").asDouble()).isEqualTo(0.9);
        assertThat(first.path("set").path("labels").get(0).asText()).isEqualTo("dark");
        assertThat(first.path("outOfDistribution").fieldNames())
                .toIterable()
                .containsExactly("score", "threshold", "beyond");
        assertThat(first.path("file").asText()).isEqualTo(dark());
        assertThat(first.path("model").asText()).isEqualTo("drawn-light");
        assertThat(first.path("version").asText()).isEqualTo("0.1.0");
        assertThat(first.path("digest").asText()).isEqualTo(digest());
        assertThat(first.path("label").asText()).isEqualTo("dark");
        assertThat(first.path("probability").asDouble())
                .isEqualTo(first.path("probabilities").path("dark").asDouble())
                .isBetween(0.5, 1.0);
        assertThat(predict.json()).hasSize(2);
        assertThat(predict.json().get(1).path("label").asText()).isEqualTo("light");
    }

    @Test
    void aBadPictureCostsTheOthersNothing() throws Exception {
        String bad = Files.writeString(folder.resolve("bad.jpg"), "no picture").toString();

        CommandRun predict =
                CommandRun.of(
                        "predict",
                        "drawn-light",
                        "--json",
                        "--store",
                        store(),
                        dark(),
                        bad,
                        light());

        assertThat(predict.exitCode()).isEqualTo(1);
        assertThat(predict.json())
                .extracting(each -> each.path("file").asText())
                .containsExactly(dark(), light());
        assertThat(predict.errLines())
                .singleElement()
                .asString()
                .startsWith("medzoo: " + bad + ": picture: bytes that start with");
    }

    @Test
    void neverPublishesAVersionTwice() throws Exception {
        Path index = MODEL.work().store().resolve("index.json");
        byte[] before = Files.readAllBytes(index);

        CommandRun again =
                CommandRun.of(
                        "publish",
                        MODEL.work().candidate().toString(),
                        "--store",
                        store(),
                        "--key",
                        MODEL.work().key().toString());

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.errLines())
                .containsExactly(
                        "medzoo: version: 0.1.0 of drawn-light is published (expected: none of"
                                + " [0.1.0]) in "
                                + store());
        assertThat(Files.readAllBytes(index)).isEqualTo(before);
    }

    /** What publishing said last. */
    private static String digest() {
        List<String> lines = MODEL.work().publish().outLines();
        return lines.get(lines.size() - 1);
    }

    private static Path report(String kind) {
        return MODEL.work()
                .candidate()
                .resolveSibling("drawn-light.report")
                .resolve(kind)
                .resolve("report.html");
    }

    private static String store() {
        return MODEL.work().store().toString();
    }

    private static String dark() {
        return MODEL.work().picture(0).toString();
    }

    private static String light() {
        return MODEL.work().picture(1).toString();
    }
}
