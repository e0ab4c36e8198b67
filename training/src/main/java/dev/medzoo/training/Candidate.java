package dev.medzoo.training;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.medzoo.training.data.DrawnPicture;
import dev.medzoo.training.learn.Scorer;
import dev.medzoo.translate.Reading;
import dev.medzoo.translate.RgbPicture;
import dev.medzoo.zoo.Artifact;
import dev.medzoo.zoo.ArtifactFiles;
import dev.medzoo.zoo.Golden;
import dev.medzoo.zoo.ModelCard;
import dev.medzoo.zoo.dcnn.Dcnn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A trained model as a candidate folder: every file of an artifact but the manifest, which the
 * registry writes when it publishes.
 */
final class Candidate {
    private static final int GOLDEN_PICTURES = 3;

    /** Probabilities of one network differ by less between processors and thread counts. */
    private static final double GOLDEN_TOLERANCE = 1e-4;

    private final Artifact artifact;
    private final ModelCard card;
    private final Dcnn network;
    private final Weights weights;

    /** Writes the file of weights into a folder. */
    @FunctionalInterface
    private interface Weights {
        void writeInto(Path folder) throws IOException;
    }

    private Candidate(Artifact artifact, ModelCard card, Dcnn network, Weights weights) {
        this.artifact = artifact;
        this.card = card;
        this.network = network;
        this.weights = weights;
    }

    /** Of a network that has just been trained. */
    static Candidate trained(Artifact artifact, ModelCard card, Dcnn network) {
        return new Candidate(
                artifact, card, network, folder -> save(network, artifact.name(), folder));
    }

    /**
     * Of a network that was published before.
     *
     * @param params its file of weights, which is kept byte by byte
     */
    static Candidate published(Artifact artifact, ModelCard card, Dcnn network, byte[] params) {
        String file = ArtifactFiles.paramsFile(artifact.name());
        return new Candidate(
                artifact, card, network, folder -> Files.write(folder.resolve(file), params));
    }

    /** Writes the folder, whole or not at all. */
    void write(Path folder) throws IOException {
        Path parent = Objects.requireNonNull(folder.toAbsolutePath().getParent());
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, folder.getFileName() + ".");
        try {
            writeFiles(fresh);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(fresh);
        }
    }

    private void writeFiles(Path folder) throws IOException {
        String name = artifact.name();
        weights.writeInto(folder);
        Files.write(folder.resolve(ArtifactFiles.ARTIFACT), artifact.toBytes());
        Files.write(folder.resolve(ArtifactFiles.CARD), card.toBytes());
        Files.write(
                folder.resolve(ArtifactFiles.SERVING_PROPERTIES),
                ArtifactFiles.servingProperties(name));
        Files.write(
                folder.resolve(ArtifactFiles.SYNSET),
                ArtifactFiles.synset(artifact.reading().labels()));
        writeGolden(folder);
    }

    private static void save(Dcnn network, String name, Path folder) throws IOException {
        // The network's arrays belong to the run, so the model must not be closed with them.
        try (Model model = Model.newInstance(name, "PyTorch")) {
            model.setBlock(network);
            model.setDataType(DataType.FLOAT32);
            model.setProperty("Epoch", "0");
            model.save(folder, name);
        }
    }

    private void writeGolden(Path folder) throws IOException {
        Path golden = Files.createDirectories(folder.resolve(ArtifactFiles.GOLDEN_FOLDER));
        Reading reading = artifact.reading();
        List<Golden.Case> cases = new ArrayList<>();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Scorer scorer = new Scorer(network, manager);
            for (int i = 1; i <= GOLDEN_PICTURES; i++) {
                RgbPicture picture = DrawnPicture.of(140 + 60 * i, 120 + 60 * i, i);
                float[] tensor = reading.transform().apply(picture);
                String png = "drawn-" + i + ".png";
                String floats = "drawn-" + i + ".f32";
                Files.write(golden.resolve(png), DrawnPicture.png(picture));
                Files.write(golden.resolve(floats), littleEndian(tensor));
                float[] logits = scorer.logits(tensor, 1);
                cases.add(new Golden.Case(png, floats, boxed(reading.probabilities(logits))));
            }
        }
        Files.write(
                folder.resolve(ArtifactFiles.GOLDEN),
                new Golden(GOLDEN_TOLERANCE, cases).toBytes());
    }

    private static byte[] littleEndian(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(
                            file -> {
                                try {
                                    Files.delete(file);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }
}
