package dev.medzoo.serving;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The map over a picture as a browser shows it. */
@Tag("slow")
class HeatmapPageTest {
    private static final String GOLDEN = "../model-store/" + SKIN + "/" + VERSION + "/golden/";

    /** 48 x 32 pixels without loss, with EXIF that says how they are turned. */
    private static final String WEBP =
            "UklGRmYAAABXRUJQVlA4WAoAAAAIAAAALwAAHwAAVlA4TCUAAAAvL8AHAA9wFMZrCd5DcP4DD2raNoLKoPzR"
                    + "dv3u9oj+T4DsxNKvAEVYSUYaAAAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAA=";

    private static final int WEBP_FLAGS_AT = 20;
    private static final int WEBP_ORIENTATION_AT = 103;

    /** Column and row of the grid where the map on the page is brightest. */
    private static final String BRIGHTEST =
            """
            ([columns, rows]) => {
                const { data, width, height } = (() => {
                    const canvas = document.querySelector(".map");
                    return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                })();
                let [most, at] = [-1, 0];
                for (let i = 0; i < data.length; i += 4) {
                    const sum = data[i] + data[i + 1] + data[i + 2];
                    if (sum > most) { [most, at] = [sum, i / 4]; }
                }
                return [Math.floor((at % width) / width * columns), Math.floor(Math.floor(at / width) / height * rows)];
            }
            """;

    @RegisterExtension static final RunningServer server = RunningServer.withOne(SKIN);

    @BeforeAll
    static void wait60Seconds() {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    }

    @Test
    void theMapLiesOverThePictureAsTheServerGivesIt() throws Exception {
        byte[] picture = Files.readAllBytes(Path.of(GOLDEN + "drawn-3.png"));
        try (Visitor visitor = new Visitor(server).openPictures()) {
            visitor.button("drawn-3").click();
            assertThat(visitor.find(".map")).isVisible();
            String label = visitor.page().getByLabel("Map of the class").inputValue();
            assertBrightest(visitor, picture, label);
            visitor.assertAccessible("map");
            visitor.screenshot("page");

            visitor.find("input[type=range]").fill("20");
            assertThat(visitor.find(".map")).hasCSS("opacity", "0.2");
            visitor.find("input[type=range]").fill("100");
            assertThat(visitor.find(".map")).hasCSS("opacity", "1");

            String other = label.equals("mel") ? "bkl" : "mel";
            visitor.page().getByLabel("Map of the class").selectOption(other);
            assertThat(visitor.find(".look [role=status]"))
                    .containsText("speaks for “" + other + "”");
            assertBrightest(visitor, picture, other);
            for (String method : new String[] {"gradcam", "rise"}) {
                visitor.page().getByLabel("Method").selectOption(method);
                visitor.await(
                        "() => performance.getEntriesByType('resource').some((each) => each.name.includes('method=%s'))"
                                .formatted(method));
                assertThat(visitor.find(".look [role=status]"))
                        .containsText("speaks for “" + other + "”");
            }
        }
    }

    private static void assertBrightest(Visitor visitor, byte[] picture, String label) {
        Answer answer =
                server.post(
                        "/explanations/" + SKIN + "?class=" + label,
                        picture,
                        "Accept",
                        "application/json");
        JsonNode map = answer.json("/map");
        int columns = answer.json("/grid/width").asInt();
        int rows = answer.json("/grid/height").asInt();
        int at = 0;
        for (int i = 0; i < map.size(); i++) {
            at = map.get(i).asDouble() > map.get(at).asDouble() ? i : at;
        }
        java.util.List<?> seen =
                (java.util.List<?>)
                        visitor.page().evaluate(BRIGHTEST, java.util.List.of(columns, rows));
        assertThat(Math.abs(((Number) seen.get(0)).intValue() - at % columns))
                .isLessThanOrEqualTo(1);
        assertThat(Math.abs(((Number) seen.get(1)).intValue() - at / columns))
                .isLessThanOrEqualTo(1);
    }

    @Test
    void ofWhatNoBrowserShowsTheServerDrawsThePictureToo() {
        try (Visitor visitor = new Visitor(server).openPictures()) {
            visitor.choose("study.dcm", DrawnDicom.of(1).bytes());
            assertThat(visitor.find(".frame img[alt*='with the map over it']")).isVisible();
            assertThat(visitor.number("() => document.querySelector('.frame img').naturalWidth"))
                    .isGreaterThanOrEqualTo(DrawnDicom.WIDTH);
        }
    }

    @ParameterizedTest
    @CsvSource({"6, 8, 32", "3, 8, 48", "6, 0, 32"})
    void ofWhatABrowserDoesNotTurnTheServerDrawsThePictureToo(int turn, int flags, int width) {
        byte[] picture = Base64.getDecoder().decode(WEBP);
        picture[WEBP_FLAGS_AT] = (byte) flags;
        picture[WEBP_ORIENTATION_AT] = (byte) turn;
        try (Visitor visitor = new Visitor(server).openPictures()) {
            visitor.choose("turned.webp", picture);
            assertThat(visitor.find(".frame img[alt*='with the map over it']")).isVisible();
            assertThat(visitor.find(".map")).hasCount(0);
            assertThat(visitor.number("() => document.querySelector('.frame img').naturalWidth"))
                    .isEqualTo(width);
        }
    }

    @Test
    void whereAMapIsRefusedTheServersReasonStandsInItsPlace() throws Exception {
        RunningServer coarse = RunningServer.withOne(SKIN, "explanation_method=gradcam").start();
        try (Visitor visitor = new Visitor(coarse).openPictures()) {
            visitor.button("drawn-1").click();
            assertThat(visitor.find(".map")).isVisible();
            visitor.page().getByLabel("Method").selectOption("layercam");
            assertThat(visitor.find(".look [role=status]"))
                    .containsText("No heat map: method: layercam, which needs PyTorch");
            assertThat(visitor.find(".map")).isHidden();
            visitor.page().getByLabel("Method").selectOption("gradcam");
            assertThat(visitor.find(".map")).isVisible();
        } finally {
            coarse.server().close();
        }
    }
}
