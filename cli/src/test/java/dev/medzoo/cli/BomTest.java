package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The BOM has every module that is released, and everybody names the one version. */
class BomTest {
    private static final Path PROJECT = Path.of("..");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
    private static final Pattern MANAGED =
            Pattern.compile("<artifactId>(medzoo-[\\w-]+)</artifactId>\\s*<version>([^<]+)<");
    private static final Set<String> NOT_RELEASED =
            Set.of("medzoo-benchmarks", "medzoo-applications");

    private static String pom(String folder) throws IOException {
        return Files.readString(PROJECT.resolve(folder).resolve("pom.xml"));
    }

    private static String version() throws IOException {
        Matcher first = VERSION.matcher(pom("."));
        assertThat(first.find()).isTrue();
        return first.group(1);
    }

    @Test
    void hasEveryReleasedModuleInThisVersion() throws IOException {
        String bom = pom("bom");
        String managed = bom.substring(bom.indexOf("<dependencyManagement>"));
        String version = version();
        Set<String> names =
                MANAGED.matcher(managed)
                        .results()
                        .filter(each -> each.group(2).equals(version))
                        .map(each -> each.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(bom).contains("<artifactId>medzoo-bom</artifactId>\n    <version>" + version);
        assertThat(names).isEqualTo(released());
    }

    private static Set<String> released() throws IOException {
        Pattern name = Pattern.compile("</parent>\\s*<artifactId>([\\w-]+)<");
        Set<String> released = new TreeSet<>();
        try (Stream<Path> folders = Files.list(PROJECT)) {
            for (Path folder : folders.toList()) {
                if (Files.exists(folder.resolve("pom.xml"))) {
                    String pom = Files.readString(folder.resolve("pom.xml"));
                    name.matcher(pom).results().map(each -> each.group(1)).forEach(released::add);
                }
            }
        }
        released.removeAll(NOT_RELEASED);
        return released;
    }

    @ParameterizedTest
    @ValueSource(strings = {"examples/console", "examples/spring-boot"})
    void theExamplesNameThisVersion(String example) throws IOException {
        assertThat(pom(example)).contains("<medzoo.version>" + version() + "</medzoo.version>");
    }

    @Test
    void theReadmeNamesThisVersion() throws IOException {
        String readme = Files.readString(PROJECT.resolve("README.md"));
        assertThat(VERSION.matcher(readme).results().map(MatchResult::group))
                .isNotEmpty()
                .allMatch(("<version>" + version() + "</version>")::equals);
    }
}
