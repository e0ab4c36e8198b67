package dev.medzoo.zoo.artifact;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.format.Sha256;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code gate.json}: the gate's report on a candidate before it became a version.
 *
 * @param format of this record, {@value #FORMAT}
 * @param judged digest of the manifest of the files that were judged: all but this report
 * @param time of the judgement, ISO 8601 in UTC
 * @param budget limits of size and latency
 * @param machine facts about the machine, by name
 * @param lines one per check, in the order they ran
 */
public record GateReport(
        int format,
        String judged,
        String time,
        Budget budget,
        Map<String, String> machine,
        List<Line> lines) {
    /** The current format. */
    public static final int FORMAT = 1;

    public GateReport {
        Artifact.checkFormat(format, FORMAT);
        Sha256.checkDigest(judged);
        checkTime(time);
        machine = Collections.unmodifiableMap(new TreeMap<>(machine));
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("lines: none (expected: at least 1)");
        }
    }

    /**
     * Limits on size and latency of a version.
     *
     * @param bytes of all files together
     * @param latencyMillis median of one picture on one engine thread, in milliseconds
     */
    public record Budget(long bytes, long latencyMillis) {
        /** A jar small enough for an application, and a response without a noticeable wait. */
        public static final Budget DEFAULT = new Budget(64L << 20, 500);

        public Budget {
            if (bytes < 0 || latencyMillis < 0) {
                throw new IllegalArgumentException(
                        "budget: %d bytes, %d ms (expected: none below 0)"
                                .formatted(bytes, latencyMillis));
            }
        }
    }

    /**
     * One check of the gate.
     *
     * @param name of the check
     * @param passed whether it is met
     * @param seen value of the candidate
     * @param expected required value
     */
    public record Line(String name, boolean passed, String seen, String expected) {
        /** Formats it like every message of this project: name, value seen, value expected. */
        public String message() {
            return "%s: %s (expected: %s)".formatted(name, seen, expected);
        }
    }

    /**
     * Reads {@code gate.json}.
     *
     * @param where what it belongs to, for messages
     * @throws MalformedModelException naming the value that is wrong
     */
    public static GateReport parse(byte[] json, String where) throws MalformedModelException {
        return Json.read(json, GateReport.class, ArtifactFiles.GATE, where);
    }

    /** The bytes of {@code gate.json}; equal reports give equal bytes. */
    public byte[] toBytes() {
        return Json.write(this);
    }

    /** Whether the report is about the files of a manifest, itself excepted. */
    public boolean isOf(Manifest manifest) {
        List<ManifestEntry> files =
                manifest.files().stream()
                        .filter(file -> !file.path().equals(ArtifactFiles.GATE))
                        .toList();
        return judged.equals(new Manifest(Manifest.FORMAT, files).digest());
    }

    /** Whether every check passed. */
    public boolean passed() {
        return failed().isEmpty();
    }

    /** The checks that failed. */
    public List<Line> failed() {
        return lines.stream().filter(line -> !line.passed()).toList();
    }

    private static void checkTime(String time) {
        try {
            Instant.parse(time);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "time: " + time + " (expected: such as 2026-01-31T12:00:00Z)", e);
        }
    }
}
