package dev.medzoo.training;

import ai.djl.MalformedModelException;
import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.learn.Scorer;
import dev.medzoo.training.measure.Measures;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.measure.Temperature;
import dev.medzoo.translate.finding.Domain;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelCard.EightBits;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.artifact.OnnxExport;
import dev.medzoo.zoo.measure.Bootstrap;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.onnx.ValueRange;
import dev.medzoo.zoo.runtime.ActivationRanges;
import dev.medzoo.zoo.runtime.OnnxModel;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Quantizes a finished network to 8-bit weights and activations. Activation ranges are measured on
 * training pictures. Logits are scaled so that the float32 network's temperature calibrates them
 * too.
 */
final class EightBitForm {
    /** Training pictures used to measure ranges. */
    private static final int PICTURES = 256;

    /**
     * Share of them that may exceed the ranges. On 400 pictures of HAM10000's val, the root mean
     * square error of logits is .066 with .01, .070 with 0 and .072 with .1.
     */
    private static final double LEFT_OUT = 0.01;

    private static final String ACCURACY = "balancedAccuracy";
    private static final String DIFFERENCE = "difference";

    private EightBitForm() {}

    /**
     * Creates the graph's file.
     *
     * @param ofFloat32 outputs of the float32 network on {@code val}
     */
    static byte[] of(
            Artifact artifact,
            Network network,
            Scores ofFloat32,
            BatchLoader loader,
            PictureSets pictures) {
        List<float[]> inputs = Scorer.inputs(loader, pictures.split("train"), PICTURES);
        Map<String, ValueRange> ranges = ActivationRanges.of(network, inputs).without(LEFT_OUT);
        byte[] unscaled = OnnxExport.ofEightBits(artifact, network, ranges, 1);
        Scores val = Scores.joined(scores(artifact, unscaled, loader, pictures, "val"));
        double factor = Temperature.fit(ofFloat32) / Temperature.fit(val);
        return OnnxExport.ofEightBits(artifact, network, ranges, factor);
    }

    /** Runs a candidate's 8-bit form on a split of each data set that has it. */
    static List<Scores> scores(
            ArtifactContent content, BatchLoader loader, PictureSets pictures, String split)
            throws MalformedModelException {
        byte[] graph = content.file(ArtifactFiles.ONNX_INT8);
        return scores(content.artifact(), graph, loader, pictures, split);
    }

    private static List<Scores> scores(
            Artifact artifact,
            byte[] graph,
            BatchLoader loader,
            PictureSets pictures,
            String split) {
        try (OnnxModel model = OnnxModel.of(artifact.name(), graph, artifact.network())) {
            return new Scorer(model.getBlock(), artifact.network(), model.getNDManager())
                    .scoreSets(loader, pictures, split);
        } catch (MalformedModelException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Accuracy lost by 8 bits, on the same pictures in the same order. */
    static EightBits cost(Scores full, Scores eight, Reading reading) {
        Measures of = new Measures(eight, reading.temperature());
        Measures ofFull = new Measures(full, reading.temperature());
        Map<String, Estimate> estimates =
                Bootstrap.estimates(
                        eight.groups(),
                        drawn -> {
                            Map<String, Double> figures = new LinkedHashMap<>(of.of(drawn));
                            double before = get(ofFull.of(drawn), ACCURACY);
                            figures.put(DIFFERENCE, get(figures, ACCURACY) - before);
                            return figures;
                        });
        Estimate difference = get(estimates, DIFFERENCE);
        DoubleSummaryStatistics changes = new DoubleSummaryStatistics();
        int flags = 0;
        for (int i = 0; i < full.size(); i++) {
            double[] before = full.probabilities(i, reading.temperature());
            double[] after = eight.probabilities(i, reading.temperature());
            for (int label = 0; label < before.length; label++) {
                changes.accept(Math.abs(after[label] - before[label]));
            }
            flags += isFlagged(full, i, reading) == isFlagged(eight, i, reading) ? 0 : 1;
        }
        return new EightBits(
                difference.value() >= -EightBits.MOST_LOST,
                get(estimates, ACCURACY),
                difference,
                get(estimates, "calibrationError"),
                changes.getAverage(),
                changes.getMax(),
                (double) flags / full.size());
    }

    private static <T> T get(Map<String, T> figures, String name) {
        return Objects.requireNonNull(figures.get(name));
    }

    private static boolean isFlagged(Scores scores, int picture, Reading reading) {
        Domain domain = reading.domain();
        return domain != null && scores.judged(picture, domain).beyond();
    }
}
