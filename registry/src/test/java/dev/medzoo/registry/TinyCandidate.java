package dev.medzoo.registry;

import ai.djl.Model;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.Golden;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.network.dcnn.DcnnConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** A candidate around the smallest network there can be, as training would write it. */
public final class TinyCandidate {
    public static final String WEIGHTS = "tiny-0000.params";

    private static final List<String> LABELS = List.of("benign", "malignant");

    private TinyCandidate() {}

    public static DcnnConfig network() {
        return new DcnnConfig(InputSize.square(8), 2, List.of(1), List.of(), 2, 0, 2);
    }

    public static Path write(Path folder, String version) throws IOException {
        Reading reading = new Reading(Transform.square(8), LABELS, 1, 0);
        Artifact artifact =
                new Artifact(
                        Artifact.FORMAT, "tiny", Version.parse(version), network(), reading, null);
        writeGolden(folder.resolve(ArtifactFiles.GOLDEN_FOLDER));
        writeWeights(folder, network(), artifact.version().patch());
        Files.write(folder.resolve(ArtifactFiles.ARTIFACT), artifact.toBytes());
        Files.write(folder.resolve(ArtifactFiles.CARD), card(artifact).toBytes());
        Files.write(folder.resolve(ArtifactFiles.SYNSET), ArtifactFiles.synset(LABELS));
        Files.write(
                folder.resolve(ArtifactFiles.SERVING_PROPERTIES),
                ArtifactFiles.servingProperties(artifact));
        return folder;
    }

    public static void writeWeights(Path folder, DcnnConfig config, long seed) throws IOException {
        Files.deleteIfExists(folder.resolve(WEIGHTS));
        try (Model model = Model.newInstance("tiny", "PyTorch")) {
            Network network = new Network(config);
            network.initialize(model.getNDManager(), seed);
            model.setBlock(network);
            model.save(folder, "tiny");
        }
    }

    private static void writeGolden(Path folder) throws IOException {
        Files.createDirectories(folder);
        RgbPicture grey = new RgbPicture(8, 8, new byte[3 * 8 * 8]);
        ImageIO.write(grey.toBufferedImage(), "png", folder.resolve("grey.png").toFile());
        Files.write(folder.resolve("grey.f32"), new byte[Float.BYTES * 3 * 8 * 8]);
        Golden.Case grey8 = new Golden.Case("grey.png", "grey.f32", List.of(0.5, 0.5));
        Files.write(folder.resolve("golden.json"), new Golden(1e-4, List.of(grey8)).toBytes());
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
                new ModelCard.Training("none", "none", 0, 0, 0, 0, "cpu", Map.of(), null, 1),
                List.of(),
                null,
                List.of(),
                null);
    }
}
