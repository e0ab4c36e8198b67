package dev.medzoo.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The site that the build made. */
class SiteTest {
    private static final Path SITE = Path.of(Objects.requireNonNull(System.getProperty("site")));
    private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(SITE)) {
            return files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatAPageNamesIsThere(Path page) throws IOException {
        String html = Files.readString(page);
        assertThat(html).contains("<h1 id=").doesNotContain("{{", "<!--", ".md\"");
        for (String address : addresses(html)) {
            String[] parts = address.split("#", 2);
            Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
            assertThat(file).as(address).startsWith(SITE).exists();
            if (parts.length == 2) {
                assertThat(Files.readString(file)).contains("id=\"" + parts[1] + "\"");
            }
        }
    }

    /** Those within the site. */
    private static List<String> addresses(String html) {
        return ADDRESS.matcher(html)
                .results()
                .map(found -> found.group(1))
                .filter(address -> !address.matches("[a-z]+:.*"))
                .toList();
    }

    /** A server's policy lets a page run and show only what has a file of its own. */
    @ParameterizedTest
    @MethodSource("pages")
    void aPageHasNoScriptAndNoStyleInIt(Path page) throws IOException {
        assertThat(Files.readString(page))
                .doesNotContain(" style=\"", "<style", "javascript:", " onclick=")
                .doesNotContainPattern("<script(?![^>]* src=)");
    }

    @Test
    void everyDocumentAndEveryCardHasAPage() throws IOException {
        assertThat(SITE).isDirectoryContaining("glob:**/loading.html");
        assertThat(SITE.resolve("add")).isDirectoryContaining("glob:**/network.html");
        assertThat(Files.readString(SITE.resolve("models/pretrained-skin-2.2.0.html")))
                .contains("Seven kinds of skin lesion", "Research use only. Not a diagnosis.")
                .contains("sha256:");
        assertThat(Files.readString(SITE.resolve("models/pretrained-breast-2.2.0.html")))
                .contains("<a href=\"../studies/study-breast/index.html\">docs/study-breast</a>.");
        assertThat(pages()).hasSizeGreaterThan(45);
    }

    @Test
    void theSearchFindsSectionsByTheirWords() throws IOException {
        JsonNode sections = new ObjectMapper().readTree(SITE.resolve("search.json").toFile());
        List<String> abstaining =
                Stream.of(sections)
                        .flatMap(all -> all.findValues("text").stream())
                        .map(JsonNode::asText)
                        .filter(text -> text.contains("abstain"))
                        .toList();
        assertThat(abstaining).hasSizeGreaterThan(5);
        for (JsonNode section : sections) {
            String[] parts = section.get("address").asText().split("#", 2);
            assertThat(SITE.resolve(parts[0])).exists();
            if (parts.length == 2) {
                assertThat(Files.readString(SITE.resolve(parts[0])))
                        .as(section.get("address").asText())
                        .contains("id=\"" + parts[1] + "\"");
            }
        }
    }

    @Test
    void onlyWhatChangedIsWrittenAnew(@TempDir Path folder) throws IOException {
        String[] arguments = {"..", folder.toString()};
        Site.main(arguments);
        FileTime early = FileTime.fromMillis(0);
        Path page = folder.resolve("loading.html");
        Path search = folder.resolve("search.json");
        byte[] whole = Files.readAllBytes(page);
        Files.write(page, new byte[3]);
        Files.setLastModifiedTime(page, early);
        Files.setLastModifiedTime(search, early);

        Site.main(arguments);

        assertThat(page).hasBinaryContent(whole);
        assertThat(Files.getLastModifiedTime(page)).isGreaterThan(early);
        assertThat(Files.getLastModifiedTime(search)).isEqualTo(early);
    }

    @Test
    void linksLeadToPagesAndOthersBecomeText() {
        Markdown markdown =
                new Markdown("docs/a.md", "a.html", Map.of("docs/add/b.md", "add/b.html"));

        assertThat(markdown.html("[b](add/b.md#x) [c](../pom.xml) <b>d</b>"))
                .isEqualTo("<p><a href=\"add/b.html#x\">b</a> c d</p>\n");
        assertThat(markdown.html("# What `x` is, and 2\n"))
                .isEqualTo("<h1 id=\"what-x-is-and-2\">What <code>x</code> is, and 2</h1>\n");
    }
}
