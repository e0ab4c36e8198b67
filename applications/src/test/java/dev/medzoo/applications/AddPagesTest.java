package dev.medzoo.applications;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages of {@code docs/add} that change code, followed to the letter on a copy of the sources:
 * their files are written, their diffs applied, and the tests that they name pass. The page of data
 * sets is a session, which {@link ServedSnippetsTest} runs.
 */
@Tag("slow")
class AddPagesTest {
    private static final Pattern COMMAND = Pattern.compile("mvn -pl (\\S+) .*-Dtest=(\\S+) .*");
    private static final Path LIB = Ran.SOURCES.resolve("cli/target/lib");

    @TempDir private Path root = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"network", "picture-format", "gate-check", "route"})
    void passesTheTestsThatItNames(String page) throws Exception {
        List<Snippet> steps =
                Snippet.all().stream()
                        .filter(each -> each.page().equals(Path.of("docs/add/" + page + ".md")))
                        .toList();
        Matcher command = command(steps);
        Path module = copy(command.group(1));
        follow(steps);
        Path out = Files.createDirectory(root.resolve("out"));
        copy(module.resolve("src/main/resources"), out);
        copy(module.resolve("src/test/resources"), out);
        String classPath = classPath(out);
        List<String> tests = List.of(command.group(2).split(",", -1));
        compile(module, steps, tests, out, classPath);

        List<String> run =
                new ArrayList<>(
                        List.of(
                                Ran.java(),
                                "-XX:TieredStopAtLevel=1",
                                "-Dai.djl.offline=true",
                                "-Dai.djl.pytorch.num_threads=1",
                                "-Dmedzoo.cache=" + root.resolve("cache"),
                                "-cp",
                                classPath,
                                JUnitRun.class.getName()));
        for (String test : tests) {
            run.add(selected(module, test));
        }
        Ran ran = Ran.in(module, run);
        assertThat(ran.exitCode()).as("%s%n%s", ran.out(), ran.err()).isZero();
    }

    private static Matcher command(List<Snippet> steps) {
        return steps.stream()
                .map(step -> COMMAND.matcher(step.text()))
                .filter(Matcher::matches)
                .findAny()
                .orElseThrow();
    }

    /** The sources of a module, in a root whose other folders are those of the project. */
    private Path copy(String module) throws IOException {
        try (Stream<Path> all = Files.list(Ran.SOURCES)) {
            for (Path each : all.toList()) {
                if (!each.endsWith(module)) {
                    Files.createSymbolicLink(root.resolve(each.getFileName()), each);
                }
            }
        }
        Path copy = root.resolve(module);
        copy(Ran.SOURCES.resolve(module).resolve("src"), copy.resolve("src"));
        return copy;
    }

    private void follow(List<Snippet> steps) throws IOException {
        for (Snippet step : steps) {
            if (!step.file().isEmpty()) {
                Path file = root.resolve(step.file());
                Files.createDirectories(file.getParent());
                Files.writeString(file, step.text() + "\n");
            } else if (step.language().equals("diff")) {
                Patch.apply(step.text(), root);
            }
        }
    }

    /** What is compiled here goes before what the build made. */
    private static String classPath(Path out) throws IOException {
        List<String> path = new ArrayList<>(List.of(out.toString()));
        try (Stream<Path> jars = Files.list(LIB)) {
            jars.map(Path::toString).forEach(path::add);
        }
        path.add(System.getProperty("java.class.path"));
        return String.join(System.getProperty("path.separator"), path);
    }

    /** What the page writes or changes, and the tests with whatever helps them. */
    private void compile(
            Path module, List<Snippet> steps, List<String> tests, Path out, String classPath)
            throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Ran.java() + "c",
                                "-proc:none",
                                "-nowarn",
                                "-d",
                                out.toString(),
                                "-cp",
                                classPath,
                                "-sourcepath",
                                module.resolve("src/test/java").toString()));
        changed(steps)
                .filter(each -> each.contains("/src/main/java/"))
                .forEach(each -> command.add(root.resolve(each).toString()));
        for (String test : tests) {
            command.add(file(module, test).toString());
        }
        Ran ran = Ran.in(root, command);
        assertThat(ran.exitCode()).as(ran.err()).isZero();
    }

    private static Stream<String> changed(List<Snippet> steps) {
        Stream<String> written = steps.stream().map(Snippet::file).filter(each -> !each.isEmpty());
        Stream<String> patched =
                steps.stream()
                        .filter(each -> each.language().equals("diff"))
                        .flatMap(each -> each.text().lines())
                        .filter(line -> line.startsWith("+++ b/"))
                        .map(line -> line.substring("+++ b/".length()));
        return Stream.concat(written, patched);
    }

    /** The file of a test, which may be named with one of its methods. */
    private static Path file(Path module, String test) throws IOException {
        String name = test.replaceFirst("#.*", "") + ".java";
        try (Stream<Path> sources = Files.walk(module.resolve("src/test/java"))) {
            return sources.filter(each -> each.endsWith(name)).findAny().orElseThrow();
        }
    }

    /** As {@link JUnitRun} takes it. */
    private static String selected(Path module, String test) throws IOException {
        Path sources = module.resolve("src/test/java");
        String type =
                sources.relativize(file(module, test))
                        .toString()
                        .replace(".java", "")
                        .replace('/', '.');
        return test.contains("#") ? type + test.substring(test.indexOf('#')) : type;
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target);
                }
            }
        }
    }
}
