package dev.medzoo.serving;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.medzoo.serving.RunningServer.FOOT;
import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.medzoo.serving.access.Role;
import dev.medzoo.zoo.artifact.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models and their cards, and the page on other screens, in other colours, for other senses. */
@Tag("slow")
class PageViewsTest {
    private static final int PHONE = 390;
    private static final String CARD = "/#/models/" + SKIN + "/" + VERSION;

    @RegisterExtension
    static final RunningServer server =
            RunningServer.with("load_models=%s,%s,%s/1.0.0".formatted(SKIN, FOOT, FOOT));

    @BeforeAll
    static void wait60Seconds() {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    }

    @Test
    void aCardIsAPageToRead() throws Exception {
        Path file = Path.of("../model-store", SKIN, VERSION, "card.json");
        JsonNode card = new ObjectMapper().readTree(Files.readString(file));
        try (Visitor visitor = new Visitor(server).open(CARD)) {
            visitor.find(".card .dot").first().waitFor();
            String said = visitor.text(".card");
            assertThat(said).contains(card.get("intendedUse").asText());
            card.get("outOfScope").forEach(each -> assertThat(said).contains(each.asText()));
            card.get("limits").forEach(each -> assertThat(said).contains(each.asText()));
            card.get("data")
                    .forEach(each -> assertThat(said).contains(each.get("citation").asText()));
            card.get("metrics")
                    .forEach(
                            each ->
                                    assertThat(said)
                                            .contains(
                                                    interval(each.get("balancedAccuracy")),
                                                    interval(each.get("auroc"))));
            card.at("/subgroups/figures")
                    .forEach(each -> assertThat(said).contains(each.get("name").asText()));
            assertThat(said).doesNotContain("undefined", "[object", "NaN");
            assertThat(visitor.find(".card svg").getAttribute("aria-label"))
                    .contains("Reliability: sure ");
            visitor.screenshot("card");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/#/%", "/#/models/%E0%A4", "/#/toString", "/#/nowhere"})
    void anAddressThatLeadsNowhereShowsOneView(String path) {
        try (Visitor visitor = new Visitor(server).open(path)) {
            assertThat(visitor.find("main > *:visible")).hasCount(1);
            assertThat(visitor.find("nav [aria-current=page]")).hasCount(1);
        }
    }

    private static String interval(JsonNode estimate) {
        return "%.3f [%.3f, %.3f]"
                .formatted(
                        estimate.get("value").asDouble(),
                        estimate.get("low").asDouble(),
                        estimate.get("high").asDouble());
    }

    /**
     * The groups of the plot hold every test picture once, and are as often right as the card says.
     */
    @Test
    void theReliabilityPlotIsOfEveryTestPicture() throws Exception {
        Path file = Path.of("../model-store", SKIN, VERSION, "predictions.csv");
        int pictures = Files.readAllLines(file).size() - 1;
        try (Visitor visitor = new Visitor(server).open(CARD)) {
            visitor.find(".card .dot").first().waitFor();
            Object sums =
                    visitor.page()
                            .evaluate(
                                    """
                                    async (path) => {
                                        const { bins } = await import("/page/card.js");
                                        const all = bins(await (await fetch(path)).text());
                                        const count = all.reduce((sum, each) => sum + each.count, 0);
                                        const hits = all.reduce((sum, each) => sum + each.count * each.right, 0);
                                        const inside = all.every((each) => 0 <= each.low && each.low <= each.right && each.right <= each.high && each.high <= 1);
                                        return `${count} ${inside} ${(hits / count).toFixed(3)}`;
                                    }
                                    """,
                                    "/store/" + SKIN + "/" + VERSION + "/predictions.csv");
            JsonNode card =
                    new ObjectMapper()
                            .readTree(
                                    server.get("/store/" + SKIN + "/" + VERSION + "/card.json")
                                            .body());
            double accuracy = 0;
            for (JsonNode each : card.get("metrics")) {
                boolean isWhole =
                        each.get("split").asText().equals("test") && each.path("dataSet").isNull();
                accuracy = isWhole ? each.at("/accuracy/value").asDouble() : accuracy;
            }
            assertThat(sums).isEqualTo("%d true %.3f".formatted(pictures, accuracy));
        }
    }

    @Test
    void aVersionWithoutPredictionsHasNoPlotAndSaysSo() {
        try (Visitor visitor = new Visitor(server).open("/#/models/" + FOOT + "/1.0.0")) {
            assertThat(visitor.find(".card")).containsText("published without its predictions");
            assertThat(visitor.text(".card")).doesNotContain("undefined", "[object", "NaN");
        }
    }

    @Test
    void theModelsAreListedWithAliasesAndShareOfTraffic(@TempDir Path root) throws Exception {
        Version next = Version.parse("1.1.0");
        new StoreCopy(root, SKIN)
                .add(SKIN, next, "\"temperature\" : [0-9.]+", "\"temperature\" : 3.0")
                .alias(SKIN, "candidate", next)
                .write();
        RunningServer two = RunningServer.with("store=" + root, "candidate_share=30").start();
        try (Visitor visitor = new Visitor(two).open("/#/models")) {
            assertThat(visitor.find(".versions tbody tr")).hasCount(2);
            assertThat(visitor.find(".versions tbody tr").nth(0).locator("th, td"))
                    .containsText(new String[] {"1.1.0", "candidate", "30 %", "ready", "onnx"});
            assertThat(visitor.find(".versions tbody tr").nth(1).locator("th, td"))
                    .containsText(new String[] {"1.0.0", "stable", "70 %", "ready", "onnx"});
            visitor.find(".versions a").first().click();
            assertThat(visitor.find(".models h1")).hasText(SKIN + " 1.1.0");
        } finally {
            two.server().close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void everyViewIsAccessible(ColorScheme colours) throws Exception {
        try (Visitor visitor = new Visitor(server, 1280, 900, colours).openPictures()) {
            visitor.assertAccessible("start");
            visitor.button("drawn-3").click();
            visitor.find(".answer summary").click();
            visitor.assertAccessible("one answer");
            visitor.give(3, "drop");
            visitor.choose("letter.txt", new byte[] {1});
            assertThat(visitor.find(".status")).hasText("4 of 5 answered, 1 failed.");
            visitor.button("letter.txt").click();
            visitor.assertAccessible("many answers");
            visitor.open("/#/models");
            visitor.find(".versions").first().waitFor();
            visitor.assertAccessible("models");
            visitor.open(CARD);
            visitor.find(".card .dot").first().waitFor();
            visitor.assertAccessible("card");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {320, PHONE, 768, 1920})
    void fitsEveryScreenWithTheNoticeAlwaysInView(int width) throws Exception {
        try (Visitor visitor = new Visitor(server, width, 800, ColorScheme.DARK).openPictures()) {
            visitor.button("drawn-3").click();
            visitor.find(".answer").waitFor();
            visitor.give(2, "drop");
            assertThat(visitor.find(".status")).hasText("3 of 3 answered.");
            if (width == PHONE) {
                visitor.screenshot("phone");
            }
            visitor.find("footer").scrollIntoViewIfNeeded();
            assertThat(visitor.find(".notice")).isInViewport();
            assertThat(visitor.find(".notice")).hasText("Research use only. Not a diagnosis.");
            assertThat(visitor.number("() => document.documentElement.scrollWidth - innerWidth"))
                    .isLessThanOrEqualTo(0);
            visitor.open(CARD);
            visitor.find(".card .dot").first().waitFor();
            assertThat(visitor.number("() => document.documentElement.scrollWidth - innerWidth"))
                    .isLessThanOrEqualTo(0);
            if (width == PHONE) {
                visitor.assertAccessible("phone");
            }
        }
    }

    @Test
    void theSwitchOfColoursIsRemembered() {
        try (Visitor visitor = new Visitor(server).openPictures()) {
            String colour = "() => getComputedStyle(document.documentElement).backgroundColor";
            Object light = visitor.page().evaluate(colour);
            visitor.page().getByLabel("Colours").selectOption("dark");
            Object dark = visitor.page().evaluate(colour);
            assertThat(dark).isNotEqualTo(light);
            visitor.openPictures();
            assertThat(visitor.page().evaluate(colour)).isEqualTo(dark);
            assertThat(visitor.page().getByLabel("Colours")).hasValue("dark");
        }
    }

    @Test
    void whereATokenIsAskedForThePageAsksForItOnce(@TempDir Path folder) throws Exception {
        TokensFile tokens = new TokensFile(folder).add("ana", Role.PREDICT);
        RunningServer closed =
                RunningServer.withOne(SKIN, tokens.setting(), "require_token=true").start();
        try (Visitor visitor = new Visitor(closed).open("/")) {
            assertThat(visitor.find("[role=alert]")).containsText("token: none");
            visitor.assertAccessible("token");
            visitor.page().getByLabel("Token").fill("wrong");
            visitor.button("Go on").click();
            assertThat(visitor.find("[role=alert]")).not().containsText("token: none");
            for (String noToken : List.of("mz_…", "mz_a b")) {
                visitor.page().getByLabel("Token").fill(noToken);
                visitor.button("Go on").click();
                assertThat(visitor.find("[role=alert]")).containsText("other characters");
                visitor.page().reload();
                assertThat(visitor.find("[role=alert]")).containsText("other characters");
            }
            visitor.page().getByLabel("Token").fill(tokens.bearer("ana").replace("Bearer ", ""));
            visitor.button("Go on").click();
            visitor.button("drawn-1").click();
            visitor.find(".answer").waitFor();
            assertThat(visitor.number("() => localStorage.length")).isZero();
        } finally {
            closed.server().close();
        }
    }
}
