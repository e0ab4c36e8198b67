package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages lead to files that there are, and to headings that these have. */
class LinksTest {
    private static final Path PROJECT = Path.of("..");
    private static final List<String> ROOT_PAGES =
            List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md");
    private static final Pattern LINK = Pattern.compile("(?<=\\]\\()[^)\\s:]+(?=\\))");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of("docs", "docs/add", "studies", "examples", "model-store")) {
            add(PROJECT.resolve(folder), pages);
        }
        for (String page : ROOT_PAGES) {
            pages.add(PROJECT.resolve(page));
        }
        return pages;
    }

    private static void add(Path folder, List<Path> pages) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(each -> each.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void leadSomewhere(Path page) throws IOException {
        String text = Files.readString(page);
        List<String> links = LINK.matcher(text).results().map(MatchResult::group).toList();

        assertThat(links).allMatch(link -> leads(page, link));
    }

    private static boolean leads(Path page, String link) {
        String[] parts = link.split("#", -1);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(file) && (parts.length == 1 || headings(file).contains(parts[1]));
    }

    /** As GitHub makes anchors of them. */
    private static Set<String> headings(Path file) {
        try {
            return HEADING.matcher(Files.readString(file))
                    .results()
                    .map(each -> each.group(1).toLowerCase(Locale.ROOT))
                    .map(each -> each.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
