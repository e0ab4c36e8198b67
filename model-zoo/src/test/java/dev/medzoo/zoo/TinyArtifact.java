package dev.medzoo.zoo;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Boundary;
import dev.medzoo.translate.finding.Conformal;
import dev.medzoo.translate.finding.Domain;
import dev.medzoo.translate.finding.ForeignChecks;
import dev.medzoo.translate.finding.Gaussian;
import dev.medzoo.translate.finding.PictureStatistics;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.Golden;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.OnnxExport;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.network.dcnn.DcnnConfig;
import dev.medzoo.zoo.onnx.ValueRange;
import dev.medzoo.zoo.runtime.ActivationRanges;
import dev.medzoo.zoo.store.FolderStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/**
 * A whole artifact around the smallest network there can be. The same seed gives the same bytes.
 */
public final class TinyArtifact {
    public static final List<String> LABELS = List.of("benign", "malignant");

    /** One that has everything there is to have. */
    public static final Reading READING =
            new Reading(
                    Transform.square(8),
                    LABELS,
                    1.5,
                    0.125,
                    new Conformal(0.8, 0.25),
                    new Domain(
                            List.of(0.1, 0.2, 0.3, 0.4),
                            List.of(new Gaussian.Direction(2, List.of(0.6, 0.0, 0.8, 0.0))),
                            0.5,
                            1.5,
                            new ForeignChecks(
                                    0.01,
                                    new Gaussian(zeros(PictureStatistics.COUNT), List.of(), 4),
                                    2.5,
                                    new Boundary(zeros(4), zeros(PictureStatistics.COUNT), -3))));

    private static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");

    private TinyArtifact() {}

    private static List<Double> zeros(int count) {
        return Collections.nCopies(count, 0.0);
    }

    public static DcnnConfig network() {
        return new DcnnConfig(InputSize.square(8), 2, List.of(1), List.of(), 2, 0, 2);
    }

    /** Writes a candidate, all files but the manifest, into a folder. */
    public static Path candidate(Path folder, String name, String version) throws IOException {
        Version number = Version.parse(version);
        Artifact artifact = new Artifact(Artifact.FORMAT, name, number, network(), READING, null);
        Path golden = Files.createDirectories(folder.resolve(ArtifactFiles.GOLDEN_FOLDER));
        try (Model model = Model.newInstance(name, "PyTorch")) {
            Network dcnn = new Network(network());
            dcnn.initialize(model.getNDManager(), number.patch());
            model.setBlock(dcnn);
            model.save(folder, name);
            writeGolden(golden, dcnn, model.getNDManager());
            writeGraphs(folder, artifact, dcnn);
        }
        Files.write(folder.resolve(ArtifactFiles.ARTIFACT), artifact.toBytes());
        Files.write(folder.resolve(ArtifactFiles.CARD), Json.write(card(artifact)));
        Files.write(
                folder.resolve(ArtifactFiles.SERVING_PROPERTIES),
                ArtifactFiles.servingProperties(artifact));
        Files.write(folder.resolve(ArtifactFiles.SYNSET), ArtifactFiles.synset(LABELS));
        return folder;
    }

    /**
     * Puts artifacts, each {@code name/version}, into a new store; the last of a name is stable.
     */
    public static FolderStore store(Path root, String... references) throws Exception {
        SortedMap<String, List<StoreIndex.Published>> artifacts = new TreeMap<>();
        SortedMap<String, SortedMap<String, Version>> aliases = new TreeMap<>();
        for (String text : references) {
            ModelReference reference = ModelReference.parse(text);
            Path candidate = Files.createTempDirectory(root, "candidate");
            String[] parts = text.split("/", 2);
            ArtifactContent content =
                    ArtifactContent.ofCandidate(candidate(candidate, parts[0], parts[1]));
            content.writeTo(Files.createDirectories(root.resolve(text)));
            StoreIndex.Published published =
                    new StoreIndex.Published(Version.parse(parts[1]), content.manifest().digest());
            artifacts.merge(
                    reference.name(),
                    List.of(published),
                    (one, other) -> List.of(one.get(0), other.get(0)));
            aliases.put(
                    reference.name(),
                    new TreeMap<>(Map.of(ModelReference.STABLE, published.version())));
        }
        StoreIndex index =
                new StoreIndex(StoreIndex.FORMAT, 1, ISSUED, null, null, artifacts, aliases);
        Files.write(root.resolve(StoreIndex.FILE), index.toBytes());
        return new FolderStore(root);
    }

    /** A picture of a disc, drawn by code. */
    public static RgbPicture picture() {
        byte[] rgb = new byte[3 * 12 * 10];
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % 12 - 6;
            int y = i / 36 - 5;
            rgb[i] = (byte) (x * x + y * y < 16 ? 60 * (i % 3) + 40 : 200);
        }
        return new RgbPicture(12, 10, rgb);
    }

    private static void writeGolden(Path folder, Network dcnn, NDManager manager)
            throws IOException {
        BufferedImage image = picture().toBufferedImage();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        Files.write(folder.resolve("disc.png"), png.toByteArray());
        float[] tensor = READING.transform().apply(picture());
        ByteBuffer bytes =
                ByteBuffer.allocate(Float.BYTES * tensor.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor);
        Files.write(folder.resolve("disc.f32"), bytes.array());
        NDArray batch = manager.create(tensor, dcnn.inputShape(1));
        float[] logits =
                dcnn.forward(new ParameterStore(manager, false), new NDList(batch), false)
                        .get(0)
                        .toFloatArray();
        List<Double> probabilities = Arrays.stream(READING.probabilities(logits)).boxed().toList();
        Golden.Case disc = new Golden.Case("disc.png", "disc.f32", probabilities);
        Files.write(folder.resolve("golden.json"), new Golden(1e-4, List.of(disc)).toBytes());
    }

    private static void writeGraphs(Path folder, Artifact artifact, Network dcnn)
            throws IOException {
        float[] picture = READING.transform().apply(picture());
        Map<String, ValueRange> ranges = ActivationRanges.of(dcnn, List.of(picture)).without(0);
        Files.write(folder.resolve(ArtifactFiles.ONNX), OnnxExport.of(artifact, dcnn));
        Files.write(
                folder.resolve(ArtifactFiles.ONNX_INT8),
                OnnxExport.ofEightBits(artifact, dcnn, ranges, 1));
    }

    private static ModelCard card(Artifact artifact) {
        return new ModelCard(
                artifact.name(),
                artifact.version(),
                "The smallest network there can be.",
                "Research use, not diagnosis.",
                "Tests.",
                List.of(),
                List.of(),
                "CC0",
                true,
                artifact.network(),
                1,
                new ModelCard.Training("none", "none", 0, 0, 0, 0, "cpu", Map.of(), null, 1.5),
                List.of(),
                null,
                List.of(),
                null);
    }
}
