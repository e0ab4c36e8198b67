package dev.medzoo.training;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.medzoo.training.data.DrawnPicture;
import dev.medzoo.training.learn.Scorer;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.Golden;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.OnnxExport;
import dev.medzoo.zoo.format.NamedWrite;
import dev.medzoo.zoo.network.Network;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A trained model as a candidate folder: every file of an artifact but the manifest, which the
 * registry writes when it publishes.
 */
final class Candidate {
    private static final int GOLDEN_PICTURES = 3;

    /**
     * Larger than the differences of one network's probabilities between processors and thread
     * counts.
     */
    private static final double GOLDEN_TOLERANCE = 1e-4;

    private final Artifact artifact;
    private final ModelCard card;
    private final Said said;
    private final NetworkFiles files;

    /** Writes the files of the network itself into a folder. */
    @FunctionalInterface
    private interface NetworkFiles {
        void writeInto(Path folder) throws IOException;
    }

    /** Computes the logits of a prepared picture. */
    @FunctionalInterface
    interface Said {
        float[] of(float[] tensor);
    }

    private Candidate(Artifact artifact, ModelCard card, Said said, NetworkFiles files) {
        this.artifact = artifact;
        this.card = card;
        this.said = said;
        this.files = files;
    }

    /**
     * Creates the candidate of a newly trained network.
     *
     * @param eightBits its 8-bit graph
     */
    static Candidate trained(Artifact artifact, ModelCard card, Network network, byte[] eightBits) {
        return new Candidate(
                artifact,
                card,
                said(network),
                folder -> {
                    save(network, artifact.name(), folder);
                    writeGraphs(artifact, network, eightBits, folder);
                });
    }

    /**
     * Creates the candidate of a published network.
     *
     * @param eightBits its 8-bit graph
     * @param params its weights file, kept byte for byte
     */
    static Candidate published(
            Artifact artifact, ModelCard card, Network network, byte[] eightBits, byte[] params) {
        String file = ArtifactFiles.paramsFile(artifact.name());
        return new Candidate(
                artifact,
                card,
                said(network),
                folder -> {
                    Files.write(folder.resolve(file), params);
                    writeGraphs(artifact, network, eightBits, folder);
                });
    }

    /**
     * Creates the candidate of a foreign graph, kept byte for byte.
     *
     * @param said computes its logits
     */
    static Candidate wrapped(Artifact artifact, ModelCard card, byte[] graph, Said said) {
        return new Candidate(
                artifact,
                card,
                said,
                folder -> Files.write(folder.resolve(ArtifactFiles.ONNX), graph));
    }

    private static Said said(Network network) {
        return tensor -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                return new Scorer(network, manager).logits(tensor, 1);
            }
        };
    }

    private static void writeGraphs(
            Artifact artifact, Network network, byte[] eightBits, Path folder) throws IOException {
        Files.write(folder.resolve(ArtifactFiles.ONNX), OnnxExport.of(artifact, network));
        Files.write(folder.resolve(ArtifactFiles.ONNX_INT8), eightBits);
    }

    /** Writes the folder atomically. */
    void write(Path folder) throws IOException {
        Path parent = Objects.requireNonNull(folder.toAbsolutePath().getParent());
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, folder.getFileName() + ".");
        try {
            NamedWrite.to(folder, () -> writeFiles(fresh));
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(fresh);
        }
    }

    private void writeFiles(Path folder) throws IOException {
        files.writeInto(folder);
        Files.write(folder.resolve(ArtifactFiles.ARTIFACT), artifact.toBytes());
        Files.write(folder.resolve(ArtifactFiles.CARD), card.toBytes());
        Files.write(
                folder.resolve(ArtifactFiles.SERVING_PROPERTIES),
                ArtifactFiles.servingProperties(artifact));
        Files.write(
                folder.resolve(ArtifactFiles.SYNSET),
                ArtifactFiles.synset(artifact.reading().labels()));
        Path golden = Files.createDirectories(folder.resolve(ArtifactFiles.GOLDEN_FOLDER));
        writeGolden(golden);
    }

    private static void save(Network network, String name, Path folder) throws IOException {
        // The run owns the network's arrays, so closing the model must not free them.
        try (Model model = Model.newInstance(name, "PyTorch")) {
            model.setBlock(network);
            model.setDataType(DataType.FLOAT32);
            model.setProperty("Epoch", "0");
            model.save(folder, name);
        }
    }

    private void writeGolden(Path golden) throws IOException {
        Reading reading = artifact.reading();
        for (int i = 1; i <= GOLDEN_PICTURES; i++) {
            RgbPicture picture = goldenPicture(i);
            Files.write(golden.resolve("drawn-" + i + ".png"), DrawnPicture.png(picture));
            Files.write(
                    golden.resolve("drawn-" + i + ".f32"),
                    littleEndian(reading.transform().apply(picture)));
        }
        Files.write(golden.resolve("golden.json"), golden(reading, said).toBytes());
    }

    private static RgbPicture goldenPicture(int number) {
        return DrawnPicture.of(140 + 60 * number, 120 + 60 * number, number);
    }

    /** The network inputs of the drawn pictures. */
    static List<float[]> tensors(Transform transform) {
        return IntStream.rangeClosed(1, GOLDEN_PICTURES)
                .mapToObj(number -> transform.apply(goldenPicture(number)))
                .toList();
    }

    /** Expected results of the drawn pictures. */
    static Golden golden(Reading reading, Said said) {
        List<Golden.Case> cases = new ArrayList<>();
        for (int i = 1; i <= GOLDEN_PICTURES; i++) {
            float[] logits = said.of(reading.transform().apply(goldenPicture(i)));
            cases.add(
                    new Golden.Case(
                            "drawn-" + i + ".png",
                            "drawn-" + i + ".f32",
                            boxed(reading.probabilities(logits))));
        }
        return new Golden(GOLDEN_TOLERANCE, cases);
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
