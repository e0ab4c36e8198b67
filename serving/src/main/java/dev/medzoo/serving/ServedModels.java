package dev.medzoo.serving;

import ai.djl.ModelException;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.Finding;
import dev.medzoo.translate.ModelIdentity;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.ModelReference;
import dev.medzoo.zoo.StoreIndex;
import dev.medzoo.zoo.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that this server answers for: every version in the store that is not revoked. The
 * stable ones have as many workers as the settings say, the others one.
 */
final class ServedModels implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(ServedModels.class);

    private volatile List<ServedModel> models = List.of();

    private final ServerSettings settings;

    private ServedModels(ServerSettings settings) {
        this.settings = settings;
    }

    /**
     * Loads and warms them.
     *
     * @throws StartException naming the first model that cannot be used
     */
    static ServedModels load(MedZoo zoo, ServerSettings settings) throws StartException {
        ServedModels served = new ServedModels(settings);
        try {
            served.loadAll(zoo);
            return served;
        } catch (StartException e) {
            served.close();
            throw e;
        }
    }

    /** By name, and each name's lowest version first. */
    List<ServedModel> all() {
        return models;
    }

    /**
     * The one that a request means.
     *
     * @param version or null for the stable one
     */
    ServedModel find(String name, @Nullable String version) throws RefusedException {
        for (ServedModel model : models) {
            ModelIdentity identity = model.identity();
            boolean meant = version == null ? model.stable() : version.equals(identity.version());
            if (meant && name.equals(identity.name())) {
                if (model.revoked() != null) {
                    throw new RefusedException(new Refusal.RevokedModel(model.revoked()));
                }
                return model;
            }
        }
        throw unknown(name, version);
    }

    /**
     * All versions that a description is about, at least one.
     *
     * @param version or null for every one
     */
    List<ServedModel> matching(String name, @Nullable String version) throws RefusedException {
        List<ServedModel> matching =
                models.stream()
                        .filter(model -> model.identity().name().equals(name))
                        .filter(
                                model ->
                                        version == null
                                                || model.identity().version().equals(version))
                        .toList();
        if (matching.isEmpty()) {
            throw unknown(name, version);
        }
        return matching;
    }

    /**
     * Takes over from a newer index which of these versions is stable and which are revoked. What
     * is published since is not loaded: where {@code stable} points to such a version, the one that
     * was stable stays so.
     */
    void follow(StoreIndex index) {
        List<ServedModel> before = models;
        models =
                before.stream()
                        .map(
                                model ->
                                        new ServedModel(
                                                model.identity(),
                                                isStable(model, index),
                                                model.pool(),
                                                refusal(model.identity(), index)))
                        .toList();
        for (int i = 0; i < before.size(); i++) {
            tell(before.get(i), models.get(i));
        }
    }

    private boolean isStable(ServedModel model, StoreIndex index) {
        String name = model.identity().name();
        Version stable = index.aliasesOf(name).get(ModelReference.STABLE);
        if (stable == null) {
            return false;
        }
        String meant = name + "/" + stable;
        boolean served = models.stream().anyMatch(each -> each.reference().equals(meant));
        return served ? model.reference().equals(meant) : model.stable();
    }

    private static @Nullable String refusal(ModelIdentity identity, StoreIndex index) {
        Version version = Version.parse(identity.version());
        try {
            String digest = index.resolve(new ModelReference(identity.name(), version)).digest();
            return digest.equals(identity.digest())
                    ? null
                    : "version: %s of %s, now %s (expected: %s)"
                            .formatted(version, identity.name(), digest, identity.digest());
        } catch (ModelNotFoundException e) {
            return e.getMessage();
        }
    }

    private void tell(ServedModel before, ServedModel after) {
        if (before.revoked() == null && after.revoked() != null) {
            logger.warn("{} answers no more: {}", after.reference(), after.revoked());
        } else if (before.revoked() != null && after.revoked() == null) {
            logger.warn("{} answers again", after.reference());
        }
        if (after.stable() && !before.stable()) {
            logger.info("{} is stable now", after.reference());
            grow(after);
        }
    }

    private void grow(ServedModel model) {
        try {
            model.pool().grow(settings.workers());
        } catch (IllegalStateException e) {
            logger.error("{} has fewer workers than it should", model.reference(), e);
        }
    }

    @Override
    public void close() {
        models.forEach(model -> model.pool().close());
    }

    private void loadAll(MedZoo zoo) throws StartException {
        StoreIndex index = read(zoo);
        for (String name : index.artifacts().keySet()) {
            Version stable = index.aliasesOf(name).get(ModelReference.STABLE);
            for (Version version : index.usable(name)) {
                load(zoo, index, new ModelReference(name, version), version.equals(stable));
            }
        }
        if (models.isEmpty()) {
            logger.warn("no models in {}", zoo.store());
        }
    }

    private static StoreIndex read(MedZoo zoo) throws StartException {
        try {
            return zoo.index();
        } catch (IOException | ModelException | RuntimeException e) {
            throw StartException.of("store", e);
        }
    }

    private void load(MedZoo zoo, StoreIndex index, ModelReference reference, boolean stable)
            throws StartException {
        int workers = stable ? settings.workers() : 1;
        try {
            ModelIdentity identity = index.resolve(reference).identity();
            ZooModel<Image, Finding> model = zoo.load(reference, Image.class, Finding.class);
            WorkerPool pool =
                    WorkerPool.start(model, reference.toString(), workers, settings.jobQueueSize());
            List<ServedModel> all = new ArrayList<>(models);
            all.add(new ServedModel(identity, stable, pool, null));
            models = List.copyOf(all);
            logger.info("{} is ready: {} workers, {}", reference, workers, identity.digest());
        } catch (IOException | ModelException | RuntimeException e) {
            throw StartException.of(reference.toString(), e);
        }
    }

    private static RefusedException unknown(String name, @Nullable String version) {
        return new RefusedException(
                new Refusal.UnknownModel(version == null ? name : name + "/" + version));
    }
}
