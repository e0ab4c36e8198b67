package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on the architecture names types that there are, and its figure the imports. */
class ArchitecturePageTest {
    private static final Path PROJECT = Path.of("..");
    private static final Pattern TYPE = Pattern.compile("(?<=`)[A-Z][a-z]\\w+(?=[`.])");
    private static final Pattern ARROW = Pattern.compile("(?<=id=\")[\\w-]+-to-[\\w-]+(?=\")");
    private static final Pattern DEPENDENCY =
            Pattern.compile("(?s)<dependency>((?:(?!</dependency>).)*)</dependency>");
    private static final Pattern MODULE = Pattern.compile("<artifactId>medzoo-([\\w-]+)<");
    private static final Set<String> DRAWN =
            Set.of("translators", "model-zoo", "registry", "training", "batch", "serving", "cli");
    private static final Set<String> OF_OTHERS = Set.of("Criteria", "Classifications");

    @Test
    void namesTypesThatThereAre() throws IOException {
        Set<String> named = found(TYPE, Files.readString(PROJECT.resolve("docs/architecture.md")));
        named.removeAll(OF_OTHERS);

        assertThat(named).hasSizeGreaterThan(40);
        assertThat(types()).containsAll(named);
    }

    private static Set<String> types() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT, 12)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void drawsTheArrowsThatThePomsHave() throws IOException {
        Set<String> arrows = new TreeSet<>();
        for (String module : DRAWN) {
            String pom = Files.readString(PROJECT.resolve(module).resolve("pom.xml"));
            DEPENDENCY
                    .matcher(pom)
                    .results()
                    .map(MatchResult::group)
                    .filter(each -> !each.contains("<scope>"))
                    .flatMap(each -> MODULE.matcher(each).results())
                    .forEach(each -> arrows.add(module + "-to-" + each.group(1)));
        }

        assertThat(found(ARROW, Files.readString(PROJECT.resolve("docs/modules.svg"))))
                .isEqualTo(arrows);
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
