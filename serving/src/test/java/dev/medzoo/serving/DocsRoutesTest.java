package dev.medzoo.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents as the server shows them. */
class DocsRoutesTest {
    @RegisterExtension static final RunningServer server = RunningServer.with("load_models=NONE");

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.read();
    private static final byte[] NOTHING = new byte[0];

    @ParameterizedTest
    @CsvSource({
        "/docs/index.html, text/html; charset=utf-8",
        "/docs/add/network.html, text/html; charset=utf-8",
        "/docs/models/pretrained-skin-2.2.0.html, text/html; charset=utf-8",
        "/docs/modules.svg, image/svg+xml",
        "/docs/pictures/page.jpg, image/jpeg",
        "/docs/search.json, application/json"
    })
    void handsOutTheirFiles(String path, String type) {
        Answer answer = server.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo(type);
        assertThat(answer.header("content-security-policy")).startsWith("default-src 'self'; ");
        assertThat(DOCUMENT.faults("GET", path, answer)).isEmpty();
        String etag = answer.header("etag");
        assertThat(server.send("GET", path, NOTHING, "If-None-Match", etag).status())
                .isEqualTo(304);
    }

    @Test
    void leadsToTheFirst() {
        Answer answer = server.get("/docs");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("location")).isEqualTo("/docs/index.html");
        assertThat(DOCUMENT.faults("GET", "/docs", answer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/none.html",
                "/docs/models/..%2Findex.html",
                "/docs/..%2F..%2Fserving%2Fapi%2Fopenapi.json",
                "/docs/.html",
                "/docs/models/"
            })
    void hasNothingElse(String path) {
        assertThat(server.get(path).status()).isEqualTo(404);
    }

    @Test
    @Tag("slow")
    void aReaderFindsAPageByItsWords() throws Exception {
        try (Visitor visitor = new Visitor(server).open("/docs")) {
            visitor.find("input[type=search]").fill("temperature val");
            visitor.find("#found a").first().waitFor();
            visitor.screenshot("docs-search");
            visitor.assertAccessible("the documents with what was found");
            visitor.find("#found a").first().click();
            visitor.await("() => !location.pathname.endsWith('/index.html')");
            assertThat(visitor.find("main").textContent()).containsIgnoringCase("temperature");
            visitor.assertAccessible("a document");
        }
    }
}
