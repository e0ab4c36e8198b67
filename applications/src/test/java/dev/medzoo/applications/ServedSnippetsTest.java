package dev.medzoo.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.applications.Session.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Python and the shell of the documents is right by its syntax, and what says so runs beside a
 * server and prints what the document prints.
 */
@Tag("slow")
class ServedSnippetsTest {
    private static final Set<String> SHELLS = Set.of("", "sh", "bash", "console");
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir private static Path serverFolder = Path.of("");
    private static Service server;
    private static String http;
    private static String grpc;

    @TempDir private Path folder = Path.of("");

    @BeforeAll
    static void start() throws Exception {
        server = Service.medzoo(serverFolder);
        http = server.said(Pattern.compile("listening on http://(\\S+)\\s*\n"));
        grpc = server.said(Pattern.compile("listening on http://(\\S+) for gRPC"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Snippet> python() throws Exception {
        return Snippet.all().stream()
                .filter(each -> each.language().equals("python") && each.file().isEmpty())
                .toList();
    }

    /** Blocks of a shell; one without a language is, when it begins with a command. */
    static List<Snippet> shell() throws Exception {
        return Snippet.all().stream()
                .filter(each -> SHELLS.contains(each.language()))
                .filter(each -> !each.language().isEmpty() || each.text().startsWith("$ "))
                .toList();
    }

    /** Pages with sessions that run; those of one page go on in one folder. */
    static Set<Path> pages() throws Exception {
        Set<Path> pages = new LinkedHashSet<>();
        shell().stream().filter(Snippet::isRun).map(Snippet::page).forEach(pages::add);
        return pages;
    }

    @ParameterizedTest
    @MethodSource("python")
    void pythonCompilesAndRuns(Snippet snippet) throws Exception {
        Files.writeString(folder.resolve("main.py"), here(snippet.text()));
        succeeds(List.of(PYTHON, "-m", "py_compile", "main.py"));
        if (snippet.reason().isEmpty()) {
            Pictures.into(folder);
            Path proto = Ran.SOURCES.resolve("open-inference/src/main/proto");
            succeeds(
                    List.of(
                            "protoc",
                            "--python_out=" + folder,
                            "-I" + proto,
                            proto.resolve("open_inference_grpc.proto").toString()));
            assertThat(succeeds(List.of(PYTHON, "main.py")).out()).isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("shell")
    void shellHasTheSyntaxOfBash(Snippet snippet) throws Exception {
        for (Step step : Session.of(snippet.text()).steps()) {
            Files.writeString(folder.resolve("main.sh"), step.command());
            succeeds(List.of("bash", "-n", "main.sh"));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void sessionsPrintWhatThePageSays(Path page) throws Exception {
        Pictures.into(folder);
        for (String each : List.of("medzoo", "model-store", "trust.json", "training")) {
            Files.createSymbolicLink(folder.resolve(each), Ran.SOURCES.resolve(each));
        }
        List<Step> steps = new ArrayList<>();
        for (Snippet snippet : Snippet.all()) {
            if (snippet.page().equals(page) && !snippet.file().isEmpty()) {
                Files.writeString(folder.resolve(snippet.file()), snippet.text() + "\n");
            }
        }
        for (Snippet snippet : shell()) {
            if (snippet.isRun() && snippet.page().equals(page)) {
                steps.addAll(Session.of(snippet.text()).steps());
            }
        }
        // The server runs already.
        steps.removeIf(step -> step.command().startsWith("./medzoo serve"));
        StringBuilder script = new StringBuilder("set -e -o pipefail\n");
        for (Step step : steps) {
            script.append(here(step.command())).append("\nprintf '\\n@@@\\n'\n");
        }
        Files.writeString(folder.resolve("main.sh"), script);
        String[] printed = succeeds(List.of("bash", "main.sh")).out().split("\n@@@\n", -1);
        assertThat(printed).hasSize(steps.size() + 1);
        for (int i = 0; i < steps.size(); i++) {
            assertThat(steps.get(i).allows(printed[i]))
                    .as("%s prints%n%s", steps.get(i), printed[i])
                    .isTrue();
        }
    }

    @Test
    void someOfEachRun() throws Exception {
        assertThat(python()).filteredOn(each -> each.reason().isEmpty()).hasSizeGreaterThan(1);
        assertThat(shell()).filteredOn(Snippet::isRun).hasSizeGreaterThan(7);
    }

    private static String here(String text) {
        return text.replaceAll("(127\\.0\\.0\\.1|localhost):8080", http)
                .replaceAll("127\\.0\\.0\\.1:8081", grpc);
    }

    private Ran succeeds(List<String> command) throws Exception {
        Ran ran = Ran.in(folder, command);
        assertThat(ran.exitCode()).as("%s%n%s%s", command, ran.out(), ran.err()).isZero();
        return ran;
    }
}
