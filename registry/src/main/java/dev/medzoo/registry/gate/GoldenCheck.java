package dev.medzoo.registry.gate;

import ai.djl.MalformedModelException;
import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.Golden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The candidate's own pictures give what it says they give, by the way that requests take. */
final class GoldenCheck implements Check {
    @Override
    public String name() {
        return "golden";
    }

    @Override
    public String expected(Subject subject) {
        return "the tensors and probabilities of " + ArtifactFiles.GOLDEN;
    }

    @Override
    public String remedy() {
        return "restore the files that medzoo train wrote, or train again: weights and golden/"
                + " must come from the same run";
    }

    @Override
    public Seen look(Subject subject) throws IOException, ModelException, TranslateException {
        ArtifactContent content = subject.content();
        Golden golden = Golden.parse(content.file(ArtifactFiles.GOLDEN), name());
        List<String> faults = new ArrayList<>();
        double worst = 0;
        try (ServedCandidate served = ServedCandidate.of(content)) {
            for (Golden.Case one : golden.cases()) {
                byte[] picture = file(content, one.picture());
                double tensor = tensorError(content, one, picture);
                double answer = answerError(content, one, served.predict(picture));
                worst = Math.max(worst, Math.max(tensor, answer));
                judge(one, "tensor", tensor, golden.tolerance(), faults);
                judge(one, "probabilities", answer, golden.tolerance(), faults);
            }
        }
        return Seen.of(
                faults,
                String.format(
                        Locale.ROOT,
                        "%d pictures served, largest difference %.1e (tolerance %.1e)",
                        golden.cases().size(),
                        worst,
                        golden.tolerance()));
    }

    private static void judge(
            Golden.Case one, String what, double off, double tolerance, List<String> faults) {
        if (!(off <= tolerance)) {
            faults.add(
                    String.format(
                            Locale.ROOT,
                            "%s: %s off by %.1e (tolerance %.1e)",
                            one.picture(),
                            what,
                            off,
                            tolerance));
        }
    }

    private static double tensorError(ArtifactContent content, Golden.Case one, byte[] picture)
            throws MalformedModelException, TranslateException {
        float[] seen =
                content.artifact()
                        .reading()
                        .transform()
                        .apply(new PictureDecoder().decode(picture));
        ByteBuffer bytes = ByteBuffer.wrap(file(content, one.tensor()));
        if (bytes.remaining() != Float.BYTES * seen.length) {
            return Double.POSITIVE_INFINITY;
        }
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        double worst = 0;
        for (float value : seen) {
            worst = larger(worst, value - bytes.getFloat());
        }
        return worst;
    }

    private static double answerError(
            ArtifactContent content, Golden.Case one, Map<String, Double> answer) {
        Reading reading = content.artifact().reading();
        if (one.probabilities().size() != reading.labels().size()) {
            return Double.POSITIVE_INFINITY;
        }
        double worst = 0;
        for (int i = 0; i < reading.labels().size(); i++) {
            double seen = answer.getOrDefault(reading.labels().get(i), Double.NaN);
            worst = larger(worst, seen - one.probabilities().get(i));
        }
        return worst;
    }

    /** What is not a number is as far off as can be. */
    private static double larger(double worst, double difference) {
        double off = Math.abs(difference);
        return Double.isNaN(off) ? Double.POSITIVE_INFINITY : Math.max(worst, off);
    }

    private static byte[] file(ArtifactContent content, String name)
            throws MalformedModelException {
        return content.file(ArtifactFiles.GOLDEN_FOLDER + name);
    }
}
