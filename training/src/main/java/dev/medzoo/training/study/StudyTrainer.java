package dev.medzoo.training.study;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import dev.medzoo.training.data.PictureReader;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.learn.GracefulStop;
import dev.medzoo.training.learn.RoundReport;
import dev.medzoo.training.learn.StartingWeights;
import dev.medzoo.training.learn.StepReport;
import dev.medzoo.training.learn.TrainingLoop;
import dev.medzoo.training.learn.TrainingProgress;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.measure.Temperature;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.training.recipe.Yaml;
import dev.medzoo.training.study.StudyRunResult.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trains one run: the only place where the study meets the training code. */
final class StudyTrainer {
    private static final long DECODED_BYTES = 3L << 30;

    private final Device device;
    private final GracefulStop stop;
    private final PictureReader reader = new PictureReader(DECODED_BYTES);

    /**
     * @param stop asked between the steps of a run
     */
    StudyTrainer(Device device, GracefulStop stop) {
        this.device = device;
        this.stop = stop;
    }

    /**
     * What a trained run gives.
     *
     * @param steps that were trained
     * @param waiting share of the training time that the network waited for pictures
     * @param curve a point each time it was judged
     * @param temperature chosen on {@code val}
     * @param val logits of each picture of that split
     * @param test logits of each picture of that split; none when it was left alone
     */
    record Outcome(
            int steps,
            double waiting,
            List<Point> curve,
            double temperature,
            List<List<Double>> val,
            List<List<Double>> test) {}

    /**
     * Trains a run to its end.
     *
     * @param settings entries of its recipe, the budget in {@code steps}
     * @param pictures with the splits {@code train}, {@code val} and {@code test}
     * @param from weights that it starts from, or null for random ones
     * @param test whether to score that split
     * @param keep folder where its own weights are left for others to start from, or null
     */
    Outcome train(
            Map<String, Object> settings,
            PictureSet pictures,
            boolean test,
            @Nullable StartingWeights from,
            @Nullable Path keep)
            throws IOException, MalformedModelException {
        Recipe recipe = recipe(settings);
        try (TrainingLoop run =
                new TrainingLoop(
                        recipe,
                        StudyRunResult.digest(settings),
                        PictureSets.of(pictures),
                        reader,
                        from,
                        null,
                        List.of(device),
                        stop.watching(new NoProgress()))) {
            run.run();
            Scores val = run.score("val");
            if (keep != null) {
                ParentWeights.keep(run.network(), keep);
            }
            List<List<Double>> tested = test ? rounded(run.score("test")) : List.of();
            return new Outcome(
                    run.curve().get(run.curve().size() - 1).step(),
                    run.curve().stream().mapToDouble(RoundReport::waiting).average().orElse(0),
                    curve(run),
                    Temperature.choose(val).value(),
                    rounded(val),
                    tested);
        }
    }

    /** Fails as a run of it would, before any is trained. */
    static void check(Map<String, Object> settings) {
        recipe(settings);
    }

    private static Recipe recipe(Map<String, Object> settings) {
        Map<String, Object> entries = new LinkedHashMap<>(settings);
        entries.put("patience", settings.get("steps"));
        String unpublished = "Nothing: a run of the study, never published.";
        entries.put(
                "card",
                new Recipe.CardText(
                        unpublished,
                        unpublished,
                        List.of(),
                        unpublished,
                        false,
                        unpublished,
                        null,
                        List.of(),
                        null));
        return Yaml.parse(
                StudyRunResult.text(entries), "recipe of " + settings.get("name"), Recipe.class);
    }

    private static List<Point> curve(TrainingLoop run) {
        List<Point> curve = new ArrayList<>();
        for (RoundReport round : run.curve()) {
            curve.add(
                    new Point(
                            round.step(),
                            StudyRunResult.rounded(round.loss()),
                            StudyRunResult.rounded(round.macroF1()),
                            StudyRunResult.rounded(round.balancedAccuracy())));
        }
        return curve;
    }

    private static List<List<Double>> rounded(Scores scores) {
        List<List<Double>> rounded = new ArrayList<>();
        for (double[] logits : scores.logits()) {
            List<Double> of = new ArrayList<>();
            for (double logit : logits) {
                of.add(StudyRunResult.rounded(logit));
            }
            rounded.add(of);
        }
        return rounded;
    }

    /** The study itself tells how it goes, a line a run. */
    private static final class NoProgress implements TrainingProgress {
        @Override
        public void step(StepReport report) {}

        @Override
        public void round(RoundReport report) {}

        @Override
        public void note(String sentence) {}
    }
}
