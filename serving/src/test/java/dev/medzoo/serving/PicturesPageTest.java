package dev.medzoo.serving;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Page.WaitForResponseOptions;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as a browser shows it to who has pictures. */
@Tag("slow")
class PicturesPageTest {
    private static final String IDC = "breast-idc";
    private static final String WHOLE = "application/vnd.medzoo.finding+json";
    private static final String GOLDEN = "../model-store/" + SKIN + "/" + VERSION + "/golden/";
    private static final byte[] PICTURE = DrawnPicture.png(160, 120, 1);
    private static final HasCountOptions LONG = new HasCountOptions().setTimeout(60_000);

    @RegisterExtension
    static final RunningServer server = RunningServer.with("load_models=" + SKIN + "," + IDC);

    @BeforeAll
    static void wait60Seconds() {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    }

    private static JsonNode finding(String model, byte[] picture) throws Exception {
        Answer answer = server.post("/predictions/" + model, picture, "Accept", WHOLE);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void aDrawnExampleIsAnsweredWithTheWarningBeforeTheLabel() throws Exception {
        byte[] picture = Files.readAllBytes(Path.of(GOLDEN + "drawn-3.png"));
        JsonNode finding = finding(SKIN, picture);
        try (Visitor visitor = new Visitor(server).openPictures()) {
            visitor.button("drawn-3").click();
            visitor.find(".answer").waitFor();

            String said = visitor.text(".said");
            String sure = "%.1f %%".formatted(100 * finding.get("probability").asDouble());
            assertThat(finding.at("/outOfDistribution/beyond").asBoolean()).isTrue();
            assertThat(finding.get("abstained").asBoolean()).isTrue();
            assertThat(said)
                    .containsSubsequence(
                            "drawn-3.png",
                            "Unlike its training pictures",
                            "The model abstains",
                            finding.get("label").asText(),
                            sure,
                            "Set of 90 %: ",
                            String.join(", ", labels(finding.at("/set/labels"))));
            assertThat(said).contains(finding.get("digest").asText(), " ms, sending and all");
            assertThat(visitor.find(".bars tbody tr")).hasCount(7);
            assertThat(visitor.find(".bars tr.in th"))
                    .hasText(labels(finding.at("/set/labels")).toArray(String[]::new));
            assertThat(visitor.find(".bars tbody tr").first()).containsText(sure);
            assertThat(visitor.find(".many")).isHidden();
            assertThat(visitor.number("() => document.querySelector('.frame img').naturalWidth"))
                    .isGreaterThan(0);
        }
    }

    private static List<String> labels(JsonNode array) {
        return OpenApiDocument.elements(array).map(JsonNode::asText).toList();
    }

    @Test
    void chosenDroppedAndPastedPicturesAreAnswered() {
        try (Visitor visitor = new Visitor(server).openPictures()) {
            visitor.choose("chosen.png", PICTURE);
            assertThat(visitor.find(".answer .file")).hasText("chosen.png");
            visitor.give(1, "drop");
            assertThat(visitor.find(".results tbody tr .open")).hasCount(2);
            visitor.give(2, "paste");
            assertThat(visitor.find(".status")).hasText("4 of 4 answered.");
            visitor.button("Clear").click();
            assertThat(visitor.find(".answer")).hasCount(0);
            assertThat(visitor.find(".many")).isHidden();
        }
    }

    @Test
    void aTableOfManyIsSortedAndTakenAwayAsCsv() throws Exception {
        try (Visitor visitor = new Visitor(server).openPictures()) {
            visitor.choose(
                    "=lesion #.png",
                    PICTURE,
                    DrawnPicture.png(90, 90, 2),
                    "none".getBytes(StandardCharsets.UTF_8),
                    DrawnPicture.png(64, 64, 3));
            assertThat(visitor.find(".status")).hasText("3 of 4 answered, 1 failed.");

            visitor.button("Probability").click();
            assertThat(visitor.find("th[aria-sort]")).hasAttribute("aria-sort", "descending");
            List<Double> sorted =
                    visitor.find(".results tbody tr td:nth-child(4)").allInnerTexts().stream()
                            .map(text -> Double.parseDouble(text.replace(" %", "")))
                            .toList();
            assertThat(sorted).hasSize(3).isSortedAccordingTo((a, b) -> Double.compare(b, a));
            visitor.button("Picture").click();
            assertThat(visitor.find(".results .open").first()).containsText("=lesion 0.png");
            visitor.button("Picture").click();
            assertThat(visitor.find(".results .open").first()).containsText("=lesion 3.png");

            String csv = visitor.download(() -> visitor.button("Download CSV").click());
            JsonNode finding = finding(SKIN, PICTURE);
            assertThat(csv.lines()).hasSize(5);
            assertThat(csv)
                    .startsWith("file,model,version,digest,unlike_training,")
                    .contains(",p_akiec,");
            assertThat(csv.lines().skip(1)).allMatch(line -> line.startsWith("'=lesion "));
            assertThat(csv)
                    .contains(finding.get("digest").asText())
                    .contains(
                            ","
                                    + finding.get("label").asText()
                                    + ","
                                    + finding.get("probability").asText().substring(0, 8))
                    .contains("Failed to read image", "Research use only. Not a diagnosis.");
        }
    }

    @Test
    void aClickInTheTableShowsThatPicture() {
        try (Visitor visitor = new Visitor(server).openPictures()) {
            visitor.choose("lesion #.png", PICTURE, DrawnPicture.png(90, 90, 2));
            assertThat(visitor.find(".status")).hasText("2 of 2 answered.");
            visitor.button("lesion 1.png").click();
            assertThat(visitor.find(".answer .file")).hasText("lesion 1.png");
            assertThat(visitor.find("tr[aria-current=true]")).containsText("lesion 1.png");
            assertThat(visitor.find(".detail")).isFocused();
        }
    }

    @Test
    void anotherModelIsAskedAboutThePicturesThatAreThere() throws Exception {
        JsonNode finding = finding(IDC, PICTURE);
        try (Visitor visitor = new Visitor(server).openPictures()) {
            visitor.choose("lesion.png", PICTURE);
            visitor.find(".answer").waitFor();
            visitor.page()
                    .getByLabel("Model", new GetByLabelOptions().setExact(true))
                    .selectOption(IDC + "/" + finding.get("version").asText());
            assertThat(visitor.find(".answer .facts")).containsText(IDC);
            assertThat(visitor.find(".answer .label")).containsText(finding.get("label").asText());
            assertThat(visitor.find(".ask .hint").first())
                    .containsText("Invasive ductal carcinoma");
        }
    }

    @Test
    void twoHundredPicturesAtOnceAreAskedAboutTwoAtATime() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Consumer<Request> ended = request -> now.addAndGet(isPrediction(request) ? -1 : 0);
        try (Visitor visitor = new Visitor(server).openPictures()) {
            visitor.page()
                    .onRequest(
                            request -> {
                                if (isPrediction(request)) {
                                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                                }
                            });
            visitor.page().onRequestFinished(ended);
            visitor.page().onRequestFailed(ended);
            visitor.give(200, "drop");
            assertThat(visitor.find("progress")).isVisible();
            assertThat(visitor.find(".results tbody tr")).hasCount(200, LONG);
            visitor.await(
                    "() => document.querySelector('.status').textContent === '200 of 200 answered.'");
            assertThat(visitor.find("progress")).isHidden();
            assertThat(visitor.find(".thumb canvas")).hasCount(200);
            visitor.screenshot("many");

            assertThat(most.get()).isBetween(1, 2);
            assertThat(visitor.number("() => held.most")).isLessThanOrEqualTo(5);
            assertThat(visitor.number("() => held.now")).isLessThanOrEqualTo(2);
        }
    }

    private static boolean isPrediction(Request request) {
        return request.url().contains("/predictions/");
    }

    @Test
    void aFileThatIsNoPictureIsSaidToBeNone() {
        try (Visitor visitor = new Visitor(server).openPictures()) {
            visitor.choose("letter.txt", "Dear colleague".getBytes(StandardCharsets.UTF_8));
            assertThat(visitor.find(".detail [role=alert]"))
                    .containsText("letter.txt: Failed to read image");
            assertThat(visitor.find(".status")).hasText("0 of 1 answered, 1 failed.");
            assertThat(visitor.button("Try the failed ones again")).isVisible();
        }
    }

    @Test
    void aNameThatIsMarkupIsText() {
        String name = "<img src=x onerror=document.title=1>.png";
        try (Visitor visitor = new Visitor(server).openPictures()) {
            visitor.choose(name, PICTURE);
            assertThat(visitor.find(".answer .file")).hasText(name);
            assertThat(visitor.find(".answer .file *")).hasCount(0);
            assertThat(visitor.page()).hasTitle("Pictures – medzoo");
        }
    }

    @Test
    void aPictureThatNoBrowserShowsIsAnsweredAllTheSame() throws Exception {
        byte[] dicom = DrawnDicom.of(1).bytes();
        JsonNode finding = finding(SKIN, dicom);
        try (Visitor visitor = new Visitor(server).openPictures()) {
            visitor.choose("study.dcm", dicom);
            assertThat(visitor.find(".answer .label")).containsText(finding.get("label").asText());
            assertThat(visitor.find(".frame")).isVisible();
        }
    }

    @Test
    void aServerThatIsGoneIsWaitedForAndAskedAgain() throws Exception {
        RunningServer first = RunningServer.withOne(SKIN).start();
        int port = first.address().getPort();
        try (Visitor visitor = new Visitor(first).openPictures()) {
            first.server().close();
            visitor.give(3, "drop");
            assertThat(visitor.find(".answers [role=alert]").first())
                    .containsText("The server does not answer.");

            RunningServer again = RunningServer.withOne(SKIN, "port=" + port).start();
            try {
                visitor.button("Go on").click();
                assertThat(visitor.find(".status")).hasText("3 of 3 answered.");
                assertThat(visitor.button("Go on")).hasCount(0);
            } finally {
                again.server().close();
            }
        }
    }

    @Test
    void aBusyServerIsAskedAgainWhenItSaid() throws Exception {
        RunningServer busy = RunningServer.withOne(SKIN, "max_wait=0.01").start();
        try (Visitor visitor = new Visitor(busy).openPictures()) {
            byte[] large = DrawnPicture.png(2500, 2000, 1);
            for (int i = 0; i < 6; i++) {
                var unused = busy.sendAsync("POST", "/predictions/" + SKIN, large);
            }
            visitor.page()
                    .waitForResponse(
                            response -> response.status() == 503,
                            new WaitForResponseOptions().setTimeout(60_000),
                            () -> visitor.give(6, "drop"));
            assertThat(visitor.find(".status")).hasText("6 of 6 answered.");
        } finally {
            busy.server().close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "Python", "Java"})
    void theLinesToCopyGiveTheSameAnswer(String language, @TempDir Path folder) throws Exception {
        Files.write(folder.resolve("lesion's.png"), PICTURE);
        JsonNode finding = finding(SKIN, PICTURE);
        try (Visitor visitor = new Visitor(server).openPictures()) {
            visitor.choose("lesion's.png", PICTURE);
            visitor.find(".answer summary").click();
            visitor.button("Copy the lines for " + language).click();
            assertThat(visitor.find(".lines [role=status]:text('Copied.')")).hasCount(1);
            Files.writeString(folder.resolve("Ask.java"), visitor.clipboard());
        }
        String output = run(folder, command(language));
        assertThat(output)
                .contains(
                        finding.get("label").asText(),
                        finding.get("probability").asText().substring(0, 8),
                        finding.get("notice").asText());
    }

    private static List<String> command(String language) {
        return switch (language) {
            case "curl" -> List.of("bash", "Ask.java");
            case "Python" -> List.of("python3", "Ask.java");
            default ->
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "Ask.java");
        };
    }

    private static String run(Path folder, List<String> command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output").toFile())
                        .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return Files.readString(folder.resolve("output"));
    }

    @Test
    void theKeyboardAloneIsEnough() {
        try (Visitor visitor = new Visitor(server).openPictures()) {
            Locator example = visitor.button("drawn-1");
            tabTo(visitor, example);
            visitor.page().keyboard().press("Enter");
            visitor.find(".answer").waitFor();
            tabTo(visitor, visitor.find(".answer summary"));
            visitor.page().keyboard().press("Enter");
            tabTo(visitor, visitor.button("Copy the lines for curl"));
            visitor.page().keyboard().press("Enter");
            assertThat(visitor.find(".lines [role=status]").first()).hasText("Copied.");
        }
    }

    private static void tabTo(Visitor visitor, Locator target) {
        for (int i = 0; i < 60; i++) {
            visitor.page().keyboard().press("Tab");
            if ((Boolean) target.evaluate("(node) => node === document.activeElement")) {
                return;
            }
        }
        throw new AssertionError(target + ": not reached by Tab");
    }
}
