package dev.medzoo.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.translate.finding.Finding;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Java of the documents compiles as it is printed, imports included, and runs beside a picture
 * and the models' jar.
 */
@Tag("slow")
class JavaSnippetsTest {
    @TempDir private Path folder = Path.of("");

    static List<Snippet> snippets() throws Exception {
        return Snippet.all().stream()
                .filter(each -> each.language().equals("java") && each.file().isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void compilesAndRuns(Snippet snippet) throws Exception {
        Path source = Files.writeString(folder.resolve("Main.java"), program(snippet.text()));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        boolean compiled =
                compiler.getTask(
                                said,
                                null,
                                null,
                                List.of("-Xlint:all", "-proc:none", "-d", folder.toString()),
                                null,
                                compiler.getStandardFileManager(null, null, null)
                                        .getJavaFileObjects(source))
                        .call();
        assertThat(compiled).as("%s", said).isTrue();
        assertThat(said.toString()).isEmpty();
        if (snippet.reason().isEmpty()) {
            Pictures.into(folder);
            Ran ran = Ran.in(folder, List.of(Ran.java(), "-cp", path(), "Main"));
            assertThat(ran.exitCode()).as(ran.err()).isZero();
            if (snippet.text().contains("Finding.NOTICE")) {
                assertThat(ran.out()).contains(Finding.NOTICE);
            }
        }
    }

    @Test
    void thereAreSomeThatRun() throws Exception {
        assertThat(snippets()).filteredOn(each -> each.reason().isEmpty()).hasSizeGreaterThan(2);
    }

    private String path() {
        return folder
                + System.getProperty("path.separator")
                + System.getProperty("java.class.path");
    }

    /** A whole class called Main stays as it is; imports and statements get one around them. */
    private static String program(String text) {
        if (text.contains("class Main ")) {
            return text;
        }
        String imports =
                text.lines()
                        .filter(line -> line.startsWith("import "))
                        .collect(Collectors.joining("\n"));
        String statements =
                text.lines()
                        .filter(line -> !line.startsWith("import "))
                        .collect(Collectors.joining("\n"));
        return """
        %s

        class Main {
            public static void main(String[] args) throws Exception {
        %s
            }
        }
        """
                .formatted(imports, statements);
    }
}
