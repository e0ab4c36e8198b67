package dev.medzoo.training;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import ai.djl.repository.zoo.ModelNotFoundException;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.learn.StartingWeights;
import dev.medzoo.training.pretrain.Backbone;
import dev.medzoo.training.pretrain.Probe;
import dev.medzoo.translate.transform.ColourStep;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.ParentArtifact;
import dev.medzoo.zoo.load.VerifiedArtifact;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.network.NetworkType;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Initial weights of a run, and their origin.
 *
 * @param weights the network
 * @param identity its reference as a parent
 * @param backbone its record if it is a self-supervised backbone, else null
 * @param habits its pre-processing
 */
public record StartingPoint(
        StartingWeights weights,
        ParentArtifact identity,
        @Nullable Backbone backbone,
        Habits habits) {

    /**
     * Settings that a run that starts from it should share.
     *
     * @param network its kind
     * @param input its input size
     * @param fit of a picture to that size; null if unknown
     * @param colour step of its transform, or null
     * @param recipe full text of its recipe; null if there is none
     */
    public record Habits(
            NetworkType network,
            InputSize input,
            Transform.@Nullable Fit fit,
            @Nullable ColourStep colour,
            @Nullable String recipe) {
        private static Habits of(ArtifactContent content) throws MalformedModelException {
            Transform transform = content.artifact().reading().transform();
            return new Habits(
                    content.artifact().network().kind(),
                    content.artifact().network().input(),
                    transform.fit(),
                    transform.colour(),
                    content.card().training().recipe());
        }

        private static Habits of(Backbone backbone) {
            return new Habits(
                    backbone.network().kind(), backbone.network().input(), null, null, null);
        }
    }

    /**
     * Finds a starting point.
     *
     * @param from artifact ({@code name}, {@code name/1.0.0}), candidate folder or backbone folder
     */
    public static StartingPoint of(String from)
            throws IOException, MalformedModelException, ModelNotFoundException {
        Path folder = Path.of(from);
        if (Files.isDirectory(folder)) {
            return in(folder);
        }
        VerifiedArtifact artifact =
                VerifiedStore.of(Store.fromSettings()).artifact(ModelReference.parse(from));
        ArtifactContent content = artifact.content();
        return new StartingPoint(
                content::network, identity(content, artifact.digest()), null, Habits.of(content));
    }

    /** Reads a backbone's or a candidate's folder. */
    public static StartingPoint in(Path folder) throws IOException, MalformedModelException {
        if (Backbone.isIn(folder)) {
            Backbone backbone = Backbone.read(folder);
            return new StartingPoint(
                    manager -> backbone.network(folder, manager),
                    backbone.identity(),
                    backbone,
                    Habits.of(backbone));
        }
        ArtifactContent content = ArtifactContent.ofCandidate(folder);
        return new StartingPoint(
                content::network,
                identity(content, content.manifest().digest()),
                null,
                Habits.of(content));
    }

    private static ParentArtifact identity(ArtifactContent content, String digest) {
        return new ParentArtifact(content.artifact().name(), content.artifact().version(), digest);
    }

    /**
     * Measures the quality of its frozen features on labelled pictures.
     *
     * @param data with the splits {@code train} and {@code val}
     * @param fit of its pictures to the network's square
     */
    public Probe.Result probe(PictureSet data, Transform.Fit fit)
            throws IOException, MalformedModelException {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            return Probe.of(name(), weights.network(manager), data, fit, manager);
        }
    }

    /** Name and version, such as {@code pretrained-skin/2.2.0}. */
    String name() {
        return identity.name() + "/" + identity.version();
    }

    /**
     * Balanced accuracy on {@code val} of a linear classifier on its features.
     *
     * @param transform of the pictures for it
     */
    double linearOnVal(PictureSet data, Transform transform) throws IOException {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            return Probe.linearOnVal(weights.network(manager), data, transform, manager);
        } catch (MalformedModelException e) {
            throw new IOException("weights of " + name() + ", which a training began with", e);
        }
    }

    /** Measures the features of untrained weights, for comparison. */
    public static Probe.Result probeRandom(PictureSet data, Transform.Fit fit) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Network network = new Network(NetworkType.DCNN.usual(InputSize.square(96), 2));
            network.initialize(manager, 1);
            return Probe.of("random", network, data, fit, manager);
        }
    }
}
