package dev.medzoo.registry;

import ai.djl.Model;
import dev.medzoo.translate.InputSize;
import dev.medzoo.translate.Reading;
import dev.medzoo.translate.RgbPicture;
import dev.medzoo.translate.Transform;
import dev.medzoo.zoo.Artifact;
import dev.medzoo.zoo.ArtifactFiles;
import dev.medzoo.zoo.Golden;
import dev.medzoo.zoo.ModelCard;
import dev.medzoo.zoo.Version;
import dev.medzoo.zoo.dcnn.Dcnn;
import dev.medzoo.zoo.dcnn.DcnnConfig;
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
                ArtifactFiles.servingProperties("tiny"));
        return folder;
    }

    public static void writeWeights(Path folder, DcnnConfig config, long seed) throws IOException {
        Files.deleteIfExists(folder.resolve(WEIGHTS));
        try (Model model = Model.newInstance("tiny", "PyTorch")) {
            Dcnn network = new Dcnn(config);
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
                List.of());
    }
}
