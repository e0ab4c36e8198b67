package dev.medzoo.training;

import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.learn.Scorer;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.measure.Temperature;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.ModelCard.SplitMetrics;
import java.util.List;
import java.util.Map;

/**
 * Everything that is fitted after a network's weights are final.
 *
 * @param val its outputs on {@code val}, all data sets together
 * @param temperature chosen on them
 * @param reading with everything fitted
 * @param figures on {@code val} with that reading: all data sets together, then each
 */
record Fit(
        Scores val, Temperature.Chosen temperature, Reading reading, List<SplitMetrics> figures) {
    /**
     * Fits it.
     *
     * @param scorer of the network
     * @param loader that prepares pictures with the transform
     * @param foreign examples of out-of-distribution pictures
     */
    static Fit of(
            Scorer scorer,
            BatchLoader loader,
            Transform transform,
            PictureSets pictures,
            ForeignExamples foreign) {
        List<Scores> parts = scorer.scoreSets(loader, pictures, "val");
        Scores val = Scores.joined(parts);
        Temperature.Chosen temperature = Temperature.choose(val);
        Reading reading =
                FittedReading.of(
                        transform,
                        pictures.labels(),
                        temperature.value(),
                        val,
                        scorer.scoreSome(
                                loader, pictures.split("train"), FittedReading.DOMAIN_PICTURES),
                        foreign.toFit(scorer, loader));
        List<SplitMetrics> figures = Evaluation.figures(pictures, "val", parts, reading, Map.of());
        return new Fit(val, temperature, reading, figures);
    }
}
