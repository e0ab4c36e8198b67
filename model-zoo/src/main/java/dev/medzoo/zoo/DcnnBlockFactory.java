package dev.medzoo.zoo;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ModelException;
import ai.djl.nn.Block;
import ai.djl.nn.BlockFactory;
import dev.medzoo.translate.FindingTranslatorFactory;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.load.PreparedContent;
import dev.medzoo.zoo.load.VerifiedArtifact;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.network.graph.GraphConfig;
import dev.medzoo.zoo.runtime.OnnxModel;
import dev.medzoo.zoo.runtime.UnloadedNetwork;
import dev.medzoo.zoo.sign.TrustPolicy;
import dev.medzoo.zoo.store.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Builds the network of an artifact's folder. Every {@code serving.properties} names this class, so
 * every way of loading with DJL uses it: {@code MedZoo}, {@code optModelPath}, DJL Serving.
 *
 * <p>What comes from a store was verified when it was prepared, and those bytes are taken. Else the
 * whole folder is verified first: against its manifest, that against the digest the caller expects
 * ({@code medzoo.digest}), and, where the folder lies in a store, against the store's index.
 */
public final class DcnnBlockFactory implements BlockFactory {
    private static final long serialVersionUID = 1L;

    /**
     * Verifies the folder and builds its network. {@code Model.load} loads its weights; an ONNX
     * graph has them already. Throws {@link MalformedModelException} when the folder is not a
     * complete, unchanged artifact, and {@code ModelNotFoundException} when the index beside it
     * does not list or has revoked it.
     */
    @Override
    public Block newBlock(Model model, Path modelPath, Map<String, ?> arguments)
            throws IOException {
        Object expected = arguments.get(FindingTranslatorFactory.DIGEST_PROPERTY);
        try {
            if (arguments.get(PreparedContent.ARGUMENT) instanceof PreparedContent prepared) {
                ArtifactContent content = prepared.take();
                if (content != null) {
                    return block(model, content, String.valueOf(expected));
                }
            }
            Path folder = modelPath.toRealPath();
            VerifiedArtifact artifact =
                    VerifiedArtifact.ofFolder(
                            folder,
                            expected == null ? null : expected.toString(),
                            TrustPolicy.fromSettings(new FolderStore(folder.resolve("../.."))));
            checkAgainstStore(folder, artifact.digest());
            return block(model, artifact.content(), artifact.digest());
        } catch (ModelException e) {
            throw DjlExceptions.pass(e);
        }
    }

    private static Block block(Model model, ArtifactContent content, String digest)
            throws MalformedModelException {
        return content.artifact().network() instanceof GraphConfig
                ? OnnxModel.blockOf(model, content, digest)
                : new UnloadedNetwork(model, content, digest);
    }

    /** In {@code <store>/<name>/<version>} the index must name this very artifact. */
    private static void checkAgainstStore(Path folder, String digest)
            throws IOException, ModelException {
        Path store = folder.resolve("../..").normalize();
        if (!Files.exists(store.resolve(StoreIndex.FILE))) {
            return;
        }
        ModelReference reference =
                ModelReference.parse(store.relativize(folder).toString().replace('\\', '/'));
        IndexEntry entry = VerifiedStore.of(new FolderStore(store)).index().resolve(reference);
        if (!entry.digest().equals(digest)) {
            throw new MalformedModelException(
                    "%s: %s (expected: %s by the index) in %s"
                            .formatted(ArtifactFiles.MANIFEST, digest, entry.digest(), folder));
        }
    }
}
