package dev.medzoo.zoo;

import ai.djl.MalformedModelException;
import ai.djl.ModelException;
import ai.djl.repository.AbstractRepository;
import ai.djl.repository.MRL;
import ai.djl.repository.Metadata;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.util.Progress;
import dev.medzoo.translate.EngineDefaults;
import dev.medzoo.translate.FindingTranslatorFactory;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.load.ArtifactCache;
import dev.medzoo.zoo.load.PreparedContent;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.store.ArtifactStore;
import dev.medzoo.zoo.store.FolderStore;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One model of a store as a DJL repository: it lists the versions, verifies one in {@link
 * #prepare}, and returns its folder.
 */
final class MedZooRepository extends AbstractRepository {
    /** The properties that {@code Criteria} can filter by. */
    static final String VERSION = "version";

    static final String ALIAS = "alias";

    private static final Logger logger = LoggerFactory.getLogger(MedZooRepository.class);

    private final Store store;
    private final ModelReference reference;

    MedZooRepository(Store store, ModelReference reference) {
        super(MedZoo.GROUP_ID, URI.create("medzoo://" + reference));
        this.store = store;
        this.reference = reference;
    }

    /** The only resource. */
    MRL mrl() {
        return model(MedZoo.APPLICATION, MedZoo.GROUP_ID, reference.name());
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    @Override
    public List<MRL> getResources() {
        return List.of(mrl());
    }

    /** Lists the referenced version first, then all others unless the reference names a version. */
    @Override
    public Metadata locate(MRL mrl) throws IOException {
        try {
            StoreIndex index = VerifiedStore.of(store).index();
            IndexEntry meant = index.resolve(reference);
            Metadata metadata = new Metadata();
            metadata.setGroupId(MedZoo.GROUP_ID);
            metadata.setArtifactId(reference.name());
            metadata.setApplication(MedZoo.APPLICATION);
            metadata.setRepositoryUri(mrl.toURI());
            metadata.addArtifact(described(meant));
            for (Version version : index.usable(reference.name())) {
                if (reference.version() == null && !version.equals(meant.version())) {
                    ModelReference other = new ModelReference(reference.name(), version);
                    metadata.addArtifact(described(index.resolve(other)));
                }
            }
            metadata.init(Map.of());
            return metadata;
        } catch (ModelException e) {
            throw DjlExceptions.pass(e);
        }
    }

    private ai.djl.repository.Artifact described(IndexEntry entry) {
        ai.djl.repository.Artifact artifact = new ai.djl.repository.Artifact();
        artifact.setName(entry.name());
        artifact.setVersion(entry.version().toString());
        String alias = reference.alias();
        artifact.setProperties(
                alias == null
                        ? Map.of(VERSION, entry.version().toString())
                        : Map.of(VERSION, entry.version().toString(), ALIAS, alias));
        artifact.getArguments().put("translatorFactory", MedZoo.TRANSLATOR_FACTORY);
        artifact.getArguments().put(FindingTranslatorFactory.DIGEST_PROPERTY, entry.digest());
        artifact.getArguments().put(PreparedContent.ARGUMENT, new PreparedContent());
        return artifact;
    }

    @Override
    public ai.djl.repository.@Nullable Artifact resolve(
            MRL mrl, @Nullable Map<String, String> filter) throws IOException {
        return locate(mrl).getArtifacts().stream()
                .filter(artifact -> artifact.hasProperties(filter))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void prepare(ai.djl.repository.Artifact artifact, @Nullable Progress progress)
            throws IOException {
        try {
            ArtifactContent content = content(artifact, progress);
            if (artifact.getArguments().get(PreparedContent.ARGUMENT)
                    instanceof PreparedContent prepared) {
                prepared.put(content);
            }
        } catch (ModelException e) {
            throw DjlExceptions.pass(e);
        }
    }

    /** Resolves the reference. */
    ai.djl.repository.Artifact meant()
            throws IOException, ModelNotFoundException, MalformedModelException {
        return described(VerifiedStore.of(store).index().resolve(reference));
    }

    /**
     * Fetches all files of an artifact if needed, and verifies them.
     *
     * @param progress of the download, or null
     */
    ArtifactContent content(ai.djl.repository.Artifact artifact, @Nullable Progress progress)
            throws IOException, ModelNotFoundException, MalformedModelException {
        EngineDefaults.set();
        VerifiedStore verified = VerifiedStore.of(store);
        StoreIndex index = verified.index();
        IndexEntry entry = index.resolve(exactly(artifact));
        warn(index, entry);
        return content(verified, entry, progress);
    }

    /**
     * Resolves and verifies an artifact that was loaded before.
     *
     * @throws MalformedModelException when the reference now means another artifact
     */
    ArtifactContent content(String digest)
            throws IOException, ModelNotFoundException, MalformedModelException {
        VerifiedStore verified = VerifiedStore.of(store);
        IndexEntry entry = verified.index().resolve(reference);
        if (!entry.digest().equals(digest)) {
            throw new MalformedModelException(
                    "%s: %s in %s (expected: %s, which was loaded)"
                            .formatted(reference, entry.digest(), store, digest));
        }
        return content(verified, entry, null);
    }

    private ArtifactContent content(
            VerifiedStore verified, IndexEntry entry, @Nullable Progress progress)
            throws IOException, ModelNotFoundException, MalformedModelException {
        return store instanceof FolderStore || store instanceof ArtifactStore
                ? verified.artifact(entry).content()
                : new ArtifactCache(store).fetch(entry, progress);
    }

    private static void warn(StoreIndex index, IndexEntry entry) {
        index.published(entry.name(), entry.version())
                .map(StoreIndex.Published::deprecated)
                .ifPresent(
                        deprecated ->
                                logger.warn(
                                        "{} is deprecated: {} (use instead: {})",
                                        entry.folder(),
                                        deprecated.reason(),
                                        deprecated.replacement()));
    }

    @Override
    public Path getResourceDirectory(ai.djl.repository.Artifact artifact) {
        if (store instanceof FolderStore folder) {
            return folder.root().resolve(artifact.getName()).resolve(artifact.getVersion());
        }
        if (store instanceof ArtifactStore folder) {
            return folder.root();
        }
        Object digest = artifact.getArguments().get(FindingTranslatorFactory.DIGEST_PROPERTY);
        return ArtifactCache.folder(String.valueOf(digest));
    }

    private static ModelReference exactly(ai.djl.repository.Artifact artifact) {
        return new ModelReference(artifact.getName(), Version.parse(artifact.getVersion()));
    }
}
