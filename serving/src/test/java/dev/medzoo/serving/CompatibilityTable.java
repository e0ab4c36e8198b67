package dev.medzoo.serving;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Writes {@code target/compatibility.md}: of every {@link Row} what was expected, what was seen and
 * whether it held. The tests tell it what they see by {@link #saw}.
 */
final class CompatibilityTable implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final Path FILE = Path.of("target", "compatibility.md");
    private static final int LONGEST = 110;

    /** Of all classes so far, in the order of the table. */
    private static final Map<String, String> LINES =
            new TreeMap<>(Comparator.comparing(CompatibilityTable::place));

    private final StringBuilder seen = new StringBuilder();

    /** Names a test after its row. */
    static final class Names extends DisplayNameGenerator.Standard {
        @Override
        public String generateDisplayNameForMethod(
                List<Class<?>> enclosing, Class<?> test, Method method) {
            Row row = row(method);
            return "Row %s: %s".formatted(row.value(), row.request());
        }
    }

    /** Runs the tests in the order of the table. */
    static final class Order implements MethodOrderer {
        @Override
        public void orderMethods(MethodOrdererContext context) {
            context.getMethodDescriptors()
                    .sort(Comparator.comparing(each -> place(row(each.getMethod()).value())));
        }
    }

    /** Notes an answer, and gives it back. */
    Answer saw(Answer answer) {
        String type = answer.json("/type").asText();
        String body =
                answer.body().replaceAll("\\s+", " ").replaceAll("(?<=[\\[{]) | (?=[\\]}])", "");
        note(
                answer.status()
                        + (type.isEmpty() && body.isBlank() ? "" : " `" + shortened(body) + "`"));
        return answer;
    }

    /** Notes what an answer alone does not show. */
    void note(String text) {
        seen.append(seen.isEmpty() ? "" : "; ").append(text);
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text.strip();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        seen.setLength(0);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Row row = row(context.getRequiredTestMethod());
        String result = context.getExecutionException().isPresent() ? "**fails**" : "holds";
        String line =
                List.of(row.value(), row.request(), row.expect(), seen.toString(), result).stream()
                        .map(cell -> cell.replace("|", "\\|"))
                        .collect(Collectors.joining(" | ", "| ", " |\n"));
        LINES.put(row.value(), line);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Files.createDirectories(FILE.getParent());
        Files.writeString(
                FILE,
                "| # | request | expected | seen | result |\n|---|---|---|---|---|\n"
                        + String.join("", LINES.values()));
    }

    private static Row row(Method method) {
        return method.getAnnotation(Row.class);
    }

    /** Sorts 9 before 14, and 14 before 14b. */
    private static String place(String row) {
        String digits = row.replaceAll("\\D", "");
        return "0".repeat(3 - digits.length()) + row;
    }
}
