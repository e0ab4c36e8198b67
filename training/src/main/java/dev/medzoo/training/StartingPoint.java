package dev.medzoo.training;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import ai.djl.repository.zoo.ModelNotFoundException;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.learn.StartingWeights;
import dev.medzoo.training.pretrain.Backbone;
import dev.medzoo.training.pretrain.Probe;
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
 * Weights that a run starts from, and where they came from.
 *
 * @param weights the network
 * @param identity how a model that starts from it names it
 * @param backbone what is known of it when it learnt without labels, else null
 */
public record StartingPoint(
        StartingWeights weights, ParentArtifact identity, @Nullable Backbone backbone) {

    /**
     * Finds one.
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
        return new StartingPoint(content::network, identity(content, artifact.digest()), null);
    }

    /** The one in a backbone's or a candidate's folder. */
    public static StartingPoint in(Path folder) throws IOException, MalformedModelException {
        if (Backbone.isIn(folder)) {
            Backbone backbone = Backbone.read(folder);
            return new StartingPoint(
                    manager -> backbone.network(folder, manager), backbone.identity(), backbone);
        }
        ArtifactContent content = ArtifactContent.ofCandidate(folder);
        return new StartingPoint(
                content::network, identity(content, content.manifest().digest()), null);
    }

    private static ParentArtifact identity(ArtifactContent content, String digest) {
        return new ParentArtifact(content.artifact().name(), content.artifact().version(), digest);
    }

    /**
     * What its features are worth on labelled pictures without training it further.
     *
     * @param data with the splits {@code train} and {@code val}
     * @param fit of its pictures to the network's square
     */
    public Probe.Result probe(PictureSet data, Transform.Fit fit)
            throws IOException, MalformedModelException {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            String name = identity.name() + "/" + identity.version();
            return Probe.of(name, weights.network(manager), data, fit, manager);
        }
    }

    /** The same of weights that nothing has taught, to compare with. */
    public static Probe.Result probeRandom(PictureSet data, Transform.Fit fit) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Network network = new Network(NetworkType.DCNN.usual(InputSize.square(96), 2));
            network.initialize(manager, 1);
            return Probe.of("random", network, data, fit, manager);
        }
    }
}
