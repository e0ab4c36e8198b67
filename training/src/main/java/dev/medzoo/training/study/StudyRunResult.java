package dev.medzoo.training.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.medzoo.zoo.format.Sha256;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result file of one run: everything that determines it, its training curve, and its logits for
 * every picture. It is one small JSON file, an entry a line; whose logits they are stands in {@link
 * ScoredPictures}.
 *
 * @param run that it is, such as {@code foot/transfer-10-seed1}
 * @param key digest of all that decides the run: recipe, label share, pictures, starting weights
 * @param recipe of the run
 * @param share of the labels
 * @param trainPictures that it learnt from
 * @param parent backbone or run that it started from, if any
 * @param parentKey digest of that backbone's weights, or that run's key
 * @param manifestSha256 of the pictures
 * @param steps of the optimiser
 * @param minutes that it took
 * @param waiting share of the training time that the network waited for pictures
 * @param hardware that it ran on
 * @param versions of what it ran with
 * @param curve a point each time it was judged
 * @param temperature fitted on {@code val}
 * @param val logits of its {@code val} pictures
 * @param test logits of its {@code test} pictures; none when the study is for a choice
 */
record StudyRunResult(
        String run,
        String key,
        Map<String, Object> recipe,
        double share,
        int trainPictures,
        @Nullable String parent,
        @Nullable String parentKey,
        String manifestSha256,
        int steps,
        double minutes,
        double waiting,
        String hardware,
        Map<String, String> versions,
        List<Point> curve,
        double temperature,
        List<List<Double>> val,
        List<List<Double>> test) {
    private static final MathContext DIGITS = new MathContext(4);
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

    StudyRunResult {
        curve = List.copyOf(curve);
        val = List.copyOf(val);
        test = List.copyOf(test);
    }

    /**
     * One judgement of a run.
     *
     * @param step after which
     * @param loss mean training loss since the point before, in nats
     * @param macroF1 on {@code val}
     * @param balancedAccuracy on {@code val}
     */
    record Point(int step, double loss, double macroF1, double balancedAccuracy) {}

    /** Four significant digits, which no measure tells from all of them. */
    static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }

    /**
     * Reads a run's file.
     *
     * @throws IOException when it is not one
     */
    static StudyRunResult read(Path file) throws IOException {
        return readValue(file, StudyRunResult.class);
    }

    void write(Path file) throws IOException {
        writeLines(file, this);
    }

    static <T> T readValue(Path file, Class<T> type) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(file), type);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "%s: %s (expected: a file of this study)"
                            .formatted(file, e.getOriginalMessage()),
                    e);
        }
    }

    /** Writes a record, completely or not at all, with a line for each entry. */
    static void writeLines(Path file, Object value) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, JsonNode> entry : JSON.valueToTree(value).properties()) {
            text.append(text.isEmpty() ? "{\n" : ",\n")
                    .append(text(entry.getKey()))
                    .append(": ")
                    .append(text(entry.getValue()));
        }
        replace(file, text.append("\n}\n").toString());
    }

    static void replace(Path file, String text) throws IOException {
        Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(parent);
        // Another process may write the same file.
        long process = ProcessHandle.current().pid();
        Path fresh = parent.resolve(file.getFileName() + "." + process + ".new");
        Files.writeString(fresh, text);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A value as JSON on one line, always written the same way. */
    static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("value: " + value + " (expected: plain data)", e);
        }
    }

    /** Whether it is the run that a plan now asks for, as far as its recipe tells. */
    boolean follows(Map<String, Object> planned) {
        return text(recipe).equals(text(planned));
    }

    static String digest(Object... parts) {
        return Sha256.hex(text(parts).getBytes(StandardCharsets.UTF_8));
    }
}
