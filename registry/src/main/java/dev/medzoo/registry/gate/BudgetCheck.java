package dev.medzoo.registry.gate;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.GateReport.Budget;
import dev.medzoo.zoo.artifact.Golden;
import dev.medzoo.zoo.artifact.Manifest;
import dev.medzoo.zoo.artifact.ManifestEntry;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** Small and fast enough: bytes of all files, and the median latency of one served picture. */
final class BudgetCheck implements Check {
    private static final int WARM_UP = 3;
    private static final int TIMED = 15;

    @Override
    public String name() {
        return "budget";
    }

    @Override
    public String expected(Subject subject) {
        Budget budget = subject.budget();
        return "at most %d bytes and %d ms".formatted(budget.bytes(), budget.latencyMillis());
    }

    @Override
    public String remedy() {
        return "raise the limit with medzoo publish CANDIDATE --max-bytes N or --max-latency MS,"
                + " or run medzoo train with a smaller `inputSide`";
    }

    @Override
    public Seen look(Subject subject) throws IOException, ModelException, TranslateException {
        Budget budget = subject.budget();
        long bytes = bytes(subject.content().manifest());
        double millis = medianMillis(subject.content());
        return Seen.of(
                bytes <= budget.bytes() && millis <= budget.latencyMillis(),
                String.format(Locale.ROOT, "%d bytes, %.1f ms a picture", bytes, millis));
    }

    private static long bytes(Manifest manifest) {
        return manifest.files().stream().mapToLong(ManifestEntry::size).sum();
    }

    private static double medianMillis(ArtifactContent content)
            throws IOException, ModelException, TranslateException {
        Golden golden = Golden.parse(content.file(ArtifactFiles.GOLDEN), "budget");
        byte[] picture =
                content.file(ArtifactFiles.GOLDEN_FOLDER + golden.cases().get(0).picture());
        double[] millis = new double[TIMED];
        try (ServedCandidate served = ServedCandidate.of(content)) {
            for (int i = -WARM_UP; i < TIMED; i++) {
                long begun = System.nanoTime();
                served.predict(picture);
                if (i >= 0) {
                    millis[i] = (System.nanoTime() - begun) / 1e6;
                }
            }
        }
        Arrays.sort(millis);
        return millis[TIMED / 2];
    }
}
