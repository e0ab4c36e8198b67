package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as HTTP shows it, and what it asks beside other routes. */
class PageRoutesTest {
    @RegisterExtension static final RunningServer server = RunningServer.withOne(SKIN);

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.read();
    private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";
    private static final byte[] NOTHING = new byte[0];

    private static Answer get(String path, String accept) {
        return server.send("GET", path, NOTHING, "Accept", accept);
    }

    @ParameterizedTest
    @ValueSource(strings = {BROWSER, "text/html", "application/json, Text/HTML;q=0.1"})
    void aBrowserGetsThePage(String accept) {
        Answer answer = get("/", accept);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.header("vary")).isEqualTo("accept");
        assertThat(answer.body()).contains("Research use only. Not a diagnosis.");
        assertThat(DOCUMENT.faults("GET", "/", answer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/html;q=0", "text/*"})
    void whoAsksForNoHtmlHearsWhatWithoutAPageIsHeard(String accept) {
        Answer answer = get("/", accept);
        Answer unknown = get("/unknown", accept);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo(unknown.body());
        assertThat(DOCUMENT.faults("GET", "/", answer)).isEmpty();
    }

    @Test
    void everyFileThatThePageLoadsIsThereAndTellsTheBrowserWhatItMay() {
        Set<String> files = new TreeSet<>();
        Deque<String> left = new ArrayDeque<>(List.of("/", "/console"));
        while (!left.isEmpty()) {
            String path = left.remove();
            if (files.add(path)) {
                Answer answer = get(path, BROWSER);
                assertThat(answer.status()).as(path).isEqualTo(200);
                assertThat(DOCUMENT.faults("GET", path, answer)).isEmpty();
                assertGuarded(answer);
                assertThat(answer.body().replace("http://www.w3.org/", ""))
                        .as(path)
                        .doesNotContain(
                                "style=\"", "<style", "javascript:", "http://", "onclick=\"")
                        .doesNotContain("innerHTML", "eval(", "//cdn");
                left.addAll(named(answer.body()));
            }
        }
        assertThat(files).contains("/page/page.js", "/page/console.js", "/page/style.css");
        assertThat(files).hasSizeGreaterThan(15);
    }

    /** What an HTML file or a module names. */
    private static List<String> named(String text) {
        return Pattern.compile("\"(?:/page|\\.)/([\\w-]+\\.(?:js|css|svg))\"")
                .matcher(text)
                .results()
                .map(found -> "/page/" + found.group(1))
                .toList();
    }

    private static void assertGuarded(Answer answer) {
        assertThat(answer.header("content-security-policy"))
                .startsWith("default-src 'self'; ")
                .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
                .doesNotContain("unsafe", "data:", "http");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("referrer-policy")).isEqualTo("same-origin");
        assertThat(answer.header("cross-origin-opener-policy")).isEqualTo("same-origin");
        assertThat(answer.header("permissions-policy")).contains("camera=()", "geolocation=()");
        assertThat(answer.header("cache-control")).isEqualTo("no-cache");
    }

    @Test
    void aFileThatTheBrowserHasIsNotSentAgain() {
        Answer first = get("/page/page.js", "*/*");
        String etag = first.header("etag");
        Answer again = server.send("GET", "/page/page.js", NOTHING, "If-None-Match", etag);
        Answer other = server.send("GET", "/page/page.js", NOTHING, "If-None-Match", "\"0\"");

        assertThat(etag).matches("\"[0-9a-f]{64}\"");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.header("etag")).isEqualTo(etag);
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.body()).isEqualTo(first.body());
        assertThat(server.get("/live").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/page/none.js, 404",
        "/page/package-info.class, 404",
        "/page/..%2Fapi%2Fopenapi.json, 404"
    })
    void otherFilesAreNotThere(String path, int status) {
        assertThat(get(path, BROWSER).status()).isEqualTo(status);
    }

    @Test
    void tellsWhatThereIsToChooseFrom() {
        Answer answer = server.get("/page/models");

        assertThat(DOCUMENT.faults("GET", "/page/models", answer)).isEmpty();
        assertThat(answer.json("/notice").asText())
                .isEqualTo("Research use only. Not a diagnosis.");
        assertThat(answer.json("/models")).hasSize(1);
        assertThat(answer.json("/models/0/name").asText()).isEqualTo(SKIN);
        String version = "/models/0/versions/0";
        assertThat(answer.json(version + "/version").asText()).isEqualTo(VERSION);
        assertThat(answer.json(version + "/status").asText()).isEqualTo("READY");
        assertThat(answer.json(version + "/share").asInt()).isEqualTo(100);
        assertThat(answer.json(version + "/digest").asText())
                .isEqualTo(server.get("/models/" + SKIN).json("/0/models/0/digest").asText());
        assertThat(answer.json(version + "/aliases").toString()).contains("stable");
    }

    @Test
    void withoutThePageNothingOfItIsThere() throws Exception {
        RunningServer without = RunningServer.with("load_models=NONE", "page=false").start();
        try {
            for (String path : List.of("/", "/console", "/page/page.js", "/page/models", "/docs")) {
                Answer answer = without.send("GET", path, NOTHING, "Accept", BROWSER);
                assertThat(answer.status()).as(path).isEqualTo(404);
                assertThat(answer.header("content-type")).isEqualTo("application/json");
            }
        } finally {
            without.server().close();
        }
    }
}
