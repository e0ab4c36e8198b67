package dev.medzoo.registry.gate;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.Golden;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.artifact.ModelCard.SplitMetrics;
import dev.medzoo.zoo.artifact.OnnxExport;
import dev.medzoo.zoo.artifact.Reliability;
import dev.medzoo.zoo.artifact.Reliability.Abstention;
import dev.medzoo.zoo.artifact.Reliability.Calibration;
import dev.medzoo.zoo.artifact.Subgroups;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.data.PictureManifest;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.network.dcnn.DcnnConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A candidate that passes the gate, around the smallest network there can be: {@code drawn}. */
public final class DrawnCandidate {
    static final Reading READING =
            new Reading(Transform.square(8), List.of("benign", "malignant"), 1.5, 0.125);
    private static final Estimate HALF = new Estimate(0.5, 0.4, 0.6);

    private DrawnCandidate() {}

    /**
     * Writes one.
     *
     * @param data that its card names, see {@link DrawnData}
     */
    public static Path write(Path folder, String version, Path data) throws Exception {
        return write(folder, version, List.of(source(data, null)));
    }

    /** What a card says of a folder of drawn pictures. */
    static ModelCard.DataSource source(Path data, @Nullable List<String> leftOut) throws Exception {
        return new ModelCard.DataSource(
                data.getFileName().toString(),
                "trained, chosen and scored on",
                "CC BY-NC 4.0",
                "Nobody.",
                PictureManifest.read(data).sha256(),
                Map.of("train", 6, "val", 6, "test", 6),
                leftOut);
    }

    /** One of several data sets. */
    static Path write(Path folder, String version, List<ModelCard.DataSource> data)
            throws Exception {
        DcnnConfig config = new DcnnConfig(InputSize.square(8), 2, List.of(1), List.of(), 2, 0, 2);
        Version number = Version.parse(version);
        Artifact artifact = new Artifact(Artifact.FORMAT, "drawn", number, config, READING, null);
        Path golden = Files.createDirectories(folder.resolve(ArtifactFiles.GOLDEN_FOLDER));
        try (Model model = Model.newInstance("drawn", "PyTorch")) {
            Network network = new Network(config);
            network.initialize(model.getNDManager(), number.patch());
            model.setBlock(network);
            model.save(folder, "drawn");
            writeGolden(golden, network, model.getNDManager());
            Files.write(folder.resolve(ArtifactFiles.ONNX), OnnxExport.of(artifact, network));
            ModelCard card = card(artifact, network.parameterCount(), data);
            Files.write(folder.resolve(ArtifactFiles.CARD), card.toBytes());
        }
        Files.write(folder.resolve(ArtifactFiles.ARTIFACT), artifact.toBytes());
        Files.write(
                folder.resolve(ArtifactFiles.SERVING_PROPERTIES),
                ArtifactFiles.servingProperties(artifact));
        Files.write(folder.resolve(ArtifactFiles.SYNSET), ArtifactFiles.synset(READING.labels()));
        return folder;
    }

    private static void writeGolden(Path folder, Network network, NDManager manager)
            throws Exception {
        byte[] png = DrawnData.bytes(DrawnData.picture(99), "png");
        float[] tensor = READING.transform().apply(new PictureDecoder().decode(png));
        ByteBuffer floats = ByteBuffer.allocate(Float.BYTES * tensor.length);
        floats.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(tensor);
        NDArray batch = manager.create(tensor, network.inputShape(1));
        float[] logits =
                network.forward(new ParameterStore(manager, false), new NDList(batch), false)
                        .get(0)
                        .toFloatArray();
        List<Double> probabilities = Arrays.stream(READING.probabilities(logits)).boxed().toList();
        Golden golden =
                new Golden(1e-4, List.of(new Golden.Case("discs.png", "discs.f32", probabilities)));
        Files.write(folder.resolve("discs.png"), png);
        Files.write(folder.resolve("discs.f32"), floats.array());
        Files.write(folder.resolve("golden.json"), golden.toBytes());
    }

    private static ModelCard card(
            Artifact artifact, long parameters, List<ModelCard.DataSource> data) {
        return new ModelCard(
                artifact.name(),
                artifact.version(),
                "Discs of two kinds.",
                "Research use only. Not a diagnosis.",
                "Tests.",
                List.of("All else."),
                data,
                "CC BY-NC 4.0",
                false,
                artifact.network(),
                parameters,
                new ModelCard.Training(
                        "medzoo train",
                        "name: drawn",
                        1,
                        1,
                        1,
                        0,
                        "cpu",
                        Map.of("commit", "0123456789ab"),
                        null,
                        1.5),
                List.of(metrics("val"), metrics("test")),
                Subgroups.notAvailable("Drawn by code."),
                List.of("Small."),
                null);
    }

    private static SplitMetrics metrics(String split) {
        Calibration calibration = new Calibration(HALF, HALF, HALF, HALF);
        ModelCard.ClassMetrics one =
                new ModelCard.ClassMetrics("benign", 3, HALF, HALF, HALF, HALF);
        ModelCard.ClassMetrics two =
                new ModelCard.ClassMetrics("malignant", 3, HALF, HALF, HALF, HALF);
        return new SplitMetrics(
                split,
                6,
                3,
                HALF,
                HALF,
                HALF,
                HALF,
                HALF,
                List.of(one, two),
                List.of(List.of(2, 1), List.of(2, 1)),
                new Reliability(calibration, calibration, null, new Abstention(HALF, HALF), null));
    }
}
