package dev.medzoo.zoo.artifact;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code predictions.csv}: a model's predictions on the test pictures, so that a later version can
 * be compared with it picture by picture. It has a header, {@code picture_sha256,group,label} and a
 * column per label, and then a line per picture.
 *
 * <p>Groups are numbered from 1 in order of appearance, so that no patient identifier is published.
 *
 * @param labels of the classes, in the order of the logits
 * @param pictures sorted by digest
 */
public record TestPredictions(List<String> labels, List<Picture> pictures) {
    private static final List<String> COLUMNS = List.of("picture_sha256", "group", "label");

    private static final Pattern UNFIT = Pattern.compile("[,\"\\p{Cntrl}]");

    /**
     * Tolerance of the sum of probabilities: half a unit of the sixth digit for each of many
     * labels.
     */
    private static final double ROUNDING = 1e-3;

    /**
     * Fraction of the last digit's unit beyond which a rounded product could round the wrong way.
     */
    private static final double NEARLY_HALF = 0.49;

    /**
     * The prediction for one picture.
     *
     * @param sha256 of its file, in hexadecimal
     * @param group that it belongs to
     * @param label index of the true label
     * @param probabilities after calibration, in the order of the labels
     */
    public record Picture(String sha256, String group, int label, List<Double> probabilities) {
        public Picture {
            Sha256.checkHex(sha256);
            probabilities = List.copyOf(probabilities);
        }

        /** Index of the most probable label; the first of equals. */
        public int named() {
            int best = 0;
            for (int i = 1; i < probabilities.size(); i++) {
                best = probabilities.get(i) > probabilities.get(best) ? i : best;
            }
            return best;
        }
    }

    public TestPredictions {
        labels = List.copyOf(labels);
        for (String label : labels) {
            if (UNFIT.matcher(label).find()) {
                throw new IllegalArgumentException(
                        "label: %s (expected: no comma, quote or line break)".formatted(label));
            }
        }
        for (Picture picture : pictures) {
            check(picture, labels.size());
        }
        pictures = numbered(pictures);
    }

    private static void check(Picture picture, int labels) {
        List<Double> of = picture.probabilities;
        double sum = of.stream().mapToDouble(Double::doubleValue).sum();
        boolean inRange = of.stream().allMatch(p -> p >= 0 && p <= 1);
        if (of.size() != labels || !inRange || !(Math.abs(sum - 1) < ROUNDING)) {
            throw new IllegalArgumentException(
                    "probabilities: %s (expected: %d in [0, 1], together 1)".formatted(of, labels));
        }
        if (picture.label < 0 || picture.label >= labels) {
            throw new IllegalArgumentException(
                    "label: %d (expected: 0..%d)".formatted(picture.label, labels - 1));
        }
    }

    private static List<Picture> numbered(List<Picture> pictures) {
        List<Picture> sorted = new ArrayList<>(pictures);
        sorted.sort(Comparator.comparing(Picture::sha256));
        Map<String, String> numbers = new HashMap<>();
        for (int i = 0; i < sorted.size(); i++) {
            Picture one = sorted.get(i);
            if (i > 0 && one.sha256.equals(sorted.get(i - 1).sha256)) {
                throw new IllegalArgumentException(
                        "picture: %s twice (expected: once)".formatted(one.sha256));
            }
            String number =
                    numbers.computeIfAbsent(one.group, g -> Integer.toString(numbers.size() + 1));
            sorted.set(i, new Picture(one.sha256, number, one.label, one.probabilities));
        }
        return List.copyOf(sorted);
    }

    /**
     * Reads {@code predictions.csv}.
     *
     * @param where what it belongs to, for messages
     * @throws MalformedModelException when it differs in any byte from what {@link #toBytes} writes
     */
    public static TestPredictions parse(byte[] csv, String where) throws MalformedModelException {
        try {
            List<String> lines = new String(csv, StandardCharsets.UTF_8).lines().toList();
            TestPredictions read = of(lines);
            if (!Arrays.equals(read.toBytes(), csv)) {
                throw new IllegalArgumentException(
                        "not in canonical form (expected: as medzoo writes it)");
            }
            return read;
        } catch (IllegalArgumentException e) {
            throw new MalformedModelException(
                    "%s: %s in %s".formatted(ArtifactFiles.PREDICTIONS, e.getMessage(), where), e);
        }
    }

    private static TestPredictions of(List<String> lines) {
        List<String> header = lines.isEmpty() ? List.of() : List.of(lines.get(0).split(",", -1));
        if (header.size() <= 3 || !header.subList(0, 3).equals(COLUMNS)) {
            throw new IllegalArgumentException(
                    "header: %d columns (expected: %s and labels)"
                            .formatted(header.size(), COLUMNS));
        }
        List<String> labels = header.subList(3, header.size());
        return new TestPredictions(
                labels, lines.stream().skip(1).map(line -> picture(line, labels)).toList());
    }

    private static Picture picture(String line, List<String> labels) {
        String[] cells = line.split(",", -1);
        if (cells.length != 3 + labels.size()) {
            throw new IllegalArgumentException(
                    "line: %d cells (expected: %d)".formatted(cells.length, 3 + labels.size()));
        }
        List<Double> probabilities =
                Arrays.stream(cells).skip(3).map(Double::valueOf).collect(Collectors.toList());
        return new Picture(cells[0], cells[1], labels.indexOf(cells[2]), probabilities);
    }

    /** The bytes of {@code predictions.csv}: six digits a probability. */
    public byte[] toBytes() {
        StringBuilder csv = new StringBuilder(String.join(",", COLUMNS));
        labels.forEach(label -> csv.append(',').append(label));
        csv.append('\n');
        for (Picture one : pictures) {
            csv.append(one.sha256).append(',').append(one.group);
            csv.append(',').append(labels.get(one.label));
            one.probabilities.forEach(p -> csv.append(',').append(sixDigits(p)));
            csv.append('\n');
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Formats like {@code %.6f}, which would take most of the time of reading an artifact. */
    private static String sixDigits(double probability) {
        double millionths = probability * 1e6;
        long nearest = Math.round(millionths);
        if (Math.abs(millionths - nearest) > NEARLY_HALF) {
            return String.format(Locale.ROOT, "%.6f", probability);
        }
        String digits = Long.toString(1_000_000 + nearest);
        return (nearest < 1_000_000 ? "0." : "1.") + digits.substring(digits.length() - 6);
    }
}
