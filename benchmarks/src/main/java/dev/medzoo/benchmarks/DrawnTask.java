package dev.medzoo.benchmarks;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.repository.zoo.ModelNotFoundException;
import dev.medzoo.training.Training;
import dev.medzoo.training.data.DrawnPicture;
import dev.medzoo.training.learn.TrainingProgress;
import dev.medzoo.zoo.format.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A training run on pictures drawn by code, in a folder of its own: seven classes, pictures of 224
 * pixels like the real sets', and the published network and recipe.
 */
final class DrawnTask implements AutoCloseable {
    private static final String DATA_SET = "drawn_7class";
    private static final int CLASSES = 7;
    private static final int PICTURE_SIDE = 224;
    private static final int DRAWN = 256;
    private static final int JUDGED = 64;

    private static final String RECIPE =
            """
            name: drawn
            version: 0.1.0
            dataSet: drawn_7class
            inputSide: %d
            augmentation: {smallestCrop: 0.5, stretch: 1.25, flips: true, quarterTurns: true, brightness: 0.2, contrast: 0.2, saturation: 0.25, tint: 0.08}
            balance: 0
            labelSmoothing: 0.05
            batchSize: %d
            steps: %d
            judgeEvery: %d
            patience: 10000
            optimiser: {peakLearningRate: 0.003, warmUp: 0.15, weightDecay: 0.02, averageDecay: 0.998}
            seed: 1
            %s
            card: {summary: Drawn spots., intendedUse: Measurements., outOfScope: [All else.], dataLicence: CC0, commercialUse: true, citation: None., limits: [Means nothing.]}
            """;

    private final Path folder;
    private final int stepsPerRound;
    private final int batchSize;

    /**
     * Draws the pictures.
     *
     * @param stepsPerRound steps between two looks at {@code val}
     * @param batchSize pictures a step
     */
    DrawnTask(int stepsPerRound, int batchSize) throws IOException {
        this.stepsPerRound = stepsPerRound;
        this.batchSize = batchSize;
        folder = Files.createTempDirectory("medzoo-benchmark");
        Path data = Files.createDirectory(folder.resolve(DATA_SET));
        List<String> manifest = new ArrayList<>();
        manifest.add("file,label,split,group,sha256");
        manifest.addAll(split(data, "train", DRAWN));
        manifest.addAll(split(data, "val", JUDGED));
        Files.write(data.resolve("manifest.csv"), manifest);
    }

    private static List<String> split(Path data, String split, int pictures) throws IOException {
        List<String> drawn = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            String name = split + "-" + i;
            byte[] png =
                    DrawnPicture.png(DrawnPicture.of(PICTURE_SIDE, PICTURE_SIDE, name.hashCode()));
            Files.write(data.resolve(name + ".png"), png);
            drawn.add(
                    "%s.png,class-%d,%s,%s,%s"
                            .formatted(name, i % CLASSES, split, name, Sha256.hex(png)));
        }
        return drawn;
    }

    /**
     * Trains as {@code medzoo train} does.
     *
     * @param side of the square that the network sees, in pixels
     * @param precision {@code float32} or {@code bfloat16}
     * @param rounds how many
     */
    void train(int side, String precision, int rounds, TrainingProgress progress)
            throws IOException, MalformedModelException, ModelNotFoundException {
        String choice = precision.equals("float32") ? "" : "precision: " + precision;
        String recipe =
                RECIPE.formatted(side, batchSize, rounds * stepsPerRound, stepsPerRound, choice);
        new Training(
                        Files.writeString(folder.resolve("recipe.yaml"), recipe),
                        folder.resolve(DATA_SET),
                        folder.resolve("candidate"),
                        null,
                        List.of(Device.cpu()),
                        false)
                .run(progress);
    }

    /** Deletes the folder. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(DrawnTask::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
