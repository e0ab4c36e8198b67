package dev.medzoo.training.study;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.medzoo.training.EpochReport;
import dev.medzoo.training.Recipe;
import dev.medzoo.training.StartingWeights;
import dev.medzoo.training.StepReport;
import dev.medzoo.training.TrainingProgress;
import dev.medzoo.training.TrainingRun;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.measure.Temperature;
import dev.medzoo.training.study.RunFile.Point;
import dev.medzoo.zoo.ArtifactContent;
import dev.medzoo.zoo.ArtifactFiles;
import dev.medzoo.zoo.dcnn.Dcnn;
import dev.medzoo.zoo.dcnn.DcnnConfig;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trains one run: the only place where the study meets the training code. */
final class StudyTrainer {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String WEIGHTS = "network.params";
    private static final String CONFIG = "network.json";

    private final Device device;
    private final Path work;

    /**
     * @param work folder for what is needed only while a study runs
     */
    StudyTrainer(Device device, Path work) {
        this.device = device;
        this.work = work;
    }

    /**
     * What a trained run gives.
     *
     * @param steps that were trained
     * @param waiting share of the training time that the network waited for pictures
     * @param curve a point each time it was judged
     * @param temperature fitted on {@code val}
     * @param val logits of each picture of that split
     * @param test logits of each picture of that split
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
     * @param from folder of a backbone or of kept weights, or null for random weights
     * @param keep folder where its own weights are left for others to start from, or null
     */
    Outcome train(
            Map<String, Object> settings,
            PictureSet pictures,
            @Nullable Path from,
            @Nullable Path keep)
            throws IOException, MalformedModelException {
        Recipe recipe = recipe(settings, pictures.split("train").size());
        Path checkpoint = work.resolve("now.checkpoint");
        try (TrainingRun run =
                new TrainingRun(
                        recipe,
                        RunFile.digest(settings),
                        pictures,
                        from == null ? null : weights(from),
                        checkpoint,
                        device,
                        new Silence())) {
            run.run();
            Scores val = run.score("val");
            Scores test = run.score("test");
            if (keep != null) {
                keep(run.network(), keep);
            }
            return new Outcome(
                    run.stepsPerEpoch() * run.curve().size(),
                    run.curve().stream().mapToDouble(EpochReport::waiting).average().orElse(0),
                    curve(run),
                    Temperature.fit(val),
                    rounded(val),
                    rounded(test));
        } finally {
            Files.deleteIfExists(checkpoint);
        }
    }

    /** Fails as a run of it would, before any is trained. */
    static void check(Map<String, Object> settings) {
        recipe(settings, Integer.MAX_VALUE);
    }

    /** The recipe has epochs yet: as many as come to the steps. */
    private static Recipe recipe(Map<String, Object> settings, int trainPictures) {
        Map<String, Object> entries = new LinkedHashMap<>(settings);
        int steps = (int) entries.remove("steps");
        int batchSize = entries.get("batchSize") instanceof Integer size ? size : 1;
        int epochs = Math.max(1, steps / Math.max(1, trainPictures / batchSize));
        entries.put("epochs", epochs);
        entries.put("patience", epochs);
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
                        List.of()));
        return Recipe.parse(RunFile.text(entries), "of " + settings.get("name"));
    }

    private static List<Point> curve(TrainingRun run) {
        List<Point> curve = new ArrayList<>();
        for (EpochReport epoch : run.curve()) {
            curve.add(
                    new Point(
                            epoch.epoch() * run.stepsPerEpoch(),
                            RunFile.rounded(epoch.loss()),
                            RunFile.rounded(epoch.macroF1()),
                            RunFile.rounded(epoch.balancedAccuracy())));
        }
        return curve;
    }

    private static List<List<Double>> rounded(Scores scores) {
        List<List<Double>> rounded = new ArrayList<>();
        for (double[] logits : scores.logits()) {
            List<Double> of = new ArrayList<>();
            for (double logit : logits) {
                of.add(RunFile.rounded(logit));
            }
            rounded.add(of);
        }
        return rounded;
    }

    private static void keep(Dcnn network, Path folder) throws IOException {
        Files.createDirectories(folder);
        RunFile.replace(folder.resolve(CONFIG), RunFile.text(network.config()));
        try (DataOutputStream out =
                new DataOutputStream(Files.newOutputStream(folder.resolve(WEIGHTS)))) {
            network.saveParameters(out);
        }
    }

    private static StartingWeights weights(Path folder)
            throws IOException, MalformedModelException {
        if (Files.exists(folder.resolve(ArtifactFiles.ARTIFACT))) {
            return ArtifactContent.ofCandidate(folder)::network;
        }
        DcnnConfig config =
                JSON.readValue(Files.readAllBytes(folder.resolve(CONFIG)), DcnnConfig.class);
        byte[] saved = Files.readAllBytes(folder.resolve(WEIGHTS));
        return manager -> {
            Dcnn network = new Dcnn(config);
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
                network.loadParameters(manager, in);
            } catch (IOException e) {
                throw new MalformedModelException(folder + ": " + e.getMessage(), e);
            }
            return network;
        };
    }

    /** A run's own steps are not told: the study says when it is done. */
    private static final class Silence implements TrainingProgress {
        @Override
        public void step(StepReport report) {}

        @Override
        public void epoch(EpochReport report) {}

        @Override
        public void note(String sentence) {}
    }
}
