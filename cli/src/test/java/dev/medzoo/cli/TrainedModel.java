package dev.medzoo.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A model trained, evaluated and published by the command itself, once for all tests: {@code
 * drawn-light}, which tells dark pictures from light ones.
 */
final class TrainedModel implements BeforeAllCallback {
    private static @Nullable Work work;

    /** For the classes that come after too, each of which has a store of extensions of its own. */
    @Override
    public void beforeAll(ExtensionContext context) {
        synchronized (TrainedModel.class) {
            if (work == null) {
                Work done = Work.done();
                Runtime.getRuntime().addShutdownHook(new Thread(done::delete));
                work = done;
            }
        }
    }

    Work work() {
        return Objects.requireNonNull(work);
    }

    /**
     * A folder with the pictures {@code drawn_2class}, the recipe {@code drawn.yaml}, the candidate
     * {@code drawn-light} and the store {@code store}.
     *
     * @param train what training it said
     * @param evaluate what evaluating it said
     * @param publish what publishing it said, before it became stable
     */
    record Work(Path folder, CommandRun train, CommandRun evaluate, CommandRun publish) {
        private static Work done() {
            try {
                Path folder = Files.createTempDirectory("medzoo-cli");
                Path data = DrawnPictureSet.in(folder);
                Path recipe = Files.writeString(folder.resolve("drawn.yaml"), RECIPE);
                String candidate = folder.resolve("drawn-light").toString();
                String store = folder.resolve("store").toString();
                return new Work(
                        folder,
                        CommandRun.of(
                                "train",
                                "--recipe",
                                recipe.toString(),
                                "--data",
                                data.toString(),
                                "--out",
                                candidate),
                        CommandRun.of(
                                "evaluate",
                                candidate,
                                "--data",
                                data.toString(),
                                "--split",
                                "test"),
                        publish(folder, candidate, data, store));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static CommandRun publish(Path folder, String candidate, Path data, String store) {
            String key = folder.resolve("key.pem").toString();
            CommandRun.of("keys", "new", key);
            CommandRun publish =
                    CommandRun.of(
                            "publish",
                            candidate,
                            "--data",
                            data.toString(),
                            "--store",
                            store,
                            "--key",
                            key);
            CommandRun.of("promote", "drawn-light/0.1.0", "--store", store, "--key", key);
            return publish;
        }

        /** The private key that signed. */
        Path key() {
            return folder.resolve("key.pem");
        }

        Path store() {
            return folder.resolve("store");
        }

        Path candidate() {
            return folder.resolve("drawn-light");
        }

        /** A picture of the test split: even numbers are dark, odd ones light. */
        Path picture(int number) {
            return folder.resolve(DrawnPictureSet.NAME).resolve("test").resolve(number + ".png");
        }

        private void delete() {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static final String RECIPE =
            """
            name: drawn-light
            version: 0.1.0
            dataSet: drawn_2class
            inputSide: 36
            augmentation: {smallestCrop: 0.8, stretch: 1.1, flips: true, quarterTurns: true, brightness: 0.05, contrast: 0, saturation: 0, tint: 0}
            balance: 1
            labelSmoothing: 0
            batchSize: 8
            steps: 18
            judgeEvery: 3
            patience: 10
            optimiser: {peakLearningRate: 0.003, warmUp: 0.2, weightDecay: 0.01, averageDecay: 0.5}
            seed: 3
            card: {summary: Light or dark., intendedUse: Tests., outOfScope: [All else.], dataLicence: CC0, commercialUse: true, citation: None., subgroups: Drawn by code., limits: [Small.]}
            """;
}
