package dev.medzoo.zoo;

import ai.djl.Application;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ModelException;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelLoader;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ModelZoo;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import ai.djl.util.Progress;
import dev.medzoo.translate.FindingTranslatorFactory;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.explain.Explainer;
import dev.medzoo.zoo.explain.ExplanationMethod;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.load.VerifiedArtifact;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of one {@link Store}, as a DJL model zoo and as an API of its own. With this jar on
 * the class path
 *
 * <pre>{@code
 * Criteria.builder()
 *         .setTypes(Image.class, Finding.class)
 *         .optGroupId("dev.medzoo")
 *         .optArtifactId("pretrained-skin")
 * }</pre>
 *
 * finds the stable version; {@code optFilter("version", "1.0.0")} or {@code optFilter("alias",
 * "candidate")} another. {@code optModelUrls("medzoo://pretrained-skin/1.0.0")} does the same with
 * a {@link ModelReference}.
 *
 * <p>{@code Criteria} hides why a model was not found in the cause of what it throws. What is
 * malformed it lets through, and so do the methods here with both.
 */
public final class MedZoo extends ModelZoo {
    /** The group id of every model here. */
    public static final String GROUP_ID = "dev.medzoo";

    static final Application APPLICATION = Application.CV.IMAGE_CLASSIFICATION;
    static final String TRANSLATOR_FACTORY = FindingTranslatorFactory.class.getName();

    private static final Logger logger = LoggerFactory.getLogger(MedZoo.class);

    private final Supplier<Store> store;
    private final AtomicBoolean complained = new AtomicBoolean();

    /** Creates the zoo of a store. */
    public MedZoo(Store store) {
        this.store = () -> store;
    }

    /** Creates the zoo of the configured store, resolved at every call. */
    public MedZoo() {
        this.store = Store::fromSettings;
    }

    /** The store. */
    public Store store() {
        return store.get();
    }

    /** The current index of the store. */
    public StoreIndex index() throws IOException, MalformedModelException {
        return VerifiedStore.of(store()).index();
    }

    /**
     * Verifies and loads a model.
     *
     * @param input what its predictors take, such as {@code Image}
     * @param output what they give, such as {@code Finding}
     * @throws ModelNotFoundException when the store has no such model, or no translator of it takes
     *     that input to that output
     * @throws MalformedModelException when any file differs from the published one
     */
    public <I, O> ZooModel<I, O> load(ModelReference reference, Class<I> input, Class<O> output)
            throws IOException, ModelNotFoundException, MalformedModelException {
        return load(reference, input, output, RuntimeChoice.AUTO, null);
    }

    /**
     * Verifies and loads a model with a given runtime, reporting the download.
     *
     * @param runtime for the network
     * @param progress of the download, or null
     */
    public <I, O> ZooModel<I, O> load(
            ModelReference reference,
            Class<I> input,
            Class<O> output,
            RuntimeChoice runtime,
            @Nullable Progress progress)
            throws IOException, ModelNotFoundException, MalformedModelException {
        Criteria.Builder<I, O> types =
                Criteria.builder()
                        .setTypes(input, output)
                        .optOption(RuntimeChoice.OPTION, runtime.word());
        if (progress != null) {
            types.optProgress(progress);
        }
        Criteria<I, O> criteria = types.build();
        MedZooLoader.refuseOtherTypes(criteria);
        return MedZooLoader.load(store(), reference, criteria);
    }

    /** The verified {@code artifact.json} of a model. */
    public Artifact artifact(ModelReference reference)
            throws IOException, ModelNotFoundException, MalformedModelException {
        byte[] json = VerifiedStore.of(store()).artifact(reference).file(ArtifactFiles.ARTIFACT);
        return Artifact.parse(json, reference.toString());
    }

    /** The verified {@code card.json} of a model. */
    public byte[] card(ModelReference reference)
            throws IOException, ModelNotFoundException, MalformedModelException {
        return VerifiedStore.of(store()).artifact(reference).file(ArtifactFiles.CARD);
    }

    /**
     * How a server should work with a model: the numbers of its verified {@code
     * serving.properties}, such as {@code batch_size}, those of DJL Serving that it may have.
     */
    public Map<String, Integer> servingNumbers(ModelReference reference)
            throws IOException, ModelNotFoundException, MalformedModelException {
        VerifiedArtifact verified = VerifiedStore.of(store()).artifact(reference);
        String where = reference.toString();
        Artifact artifact = Artifact.parse(verified.file(ArtifactFiles.ARTIFACT), where);
        byte[] file = verified.file(ArtifactFiles.SERVING_PROPERTIES);
        return ArtifactFiles.servingNumbers(file, artifact, where);
    }

    /**
     * Creates an explainer for a loaded model.
     *
     * @param model loaded from this zoo; must stay open as long as the explainer
     * @throws ModelNotFoundException when the store no longer has it
     * @throws MalformedModelException when its files are not those that were loaded
     * @throws TranslateException if it was not loaded as a medzoo artifact
     */
    public Explainer explainer(Model model) throws IOException, ModelException, TranslateException {
        return explainer(model, ExplanationMethod.LAYER_CAM);
    }

    /**
     * Creates an explainer with a finest method: with Grad-CAM, PyTorch is never loaded.
     *
     * @param finest of the methods that use layers
     */
    public Explainer explainer(Model model, ExplanationMethod finest)
            throws IOException, ModelException, TranslateException {
        ModelIdentity identity = Preparation.of(model, new PictureDecoder()).model();
        return Explainer.of(model, () -> content(identity), finest);
    }

    private ArtifactContent content(ModelIdentity identity) throws IOException, ModelException {
        Version version = Version.parse(identity.version());
        return new MedZooRepository(store(), new ModelReference(identity.name(), version))
                .content(identity.digest());
    }

    /** Resolves a reference. */
    public ModelIdentity identity(ModelReference reference)
            throws IOException, ModelNotFoundException, MalformedModelException {
        return index().resolve(reference).identity();
    }

    @Override
    public String getGroupId() {
        return GROUP_ID;
    }

    @Override
    public Set<String> getSupportedEngines() {
        return RuntimeChoice.ENGINES;
    }

    /**
     * One loader per name in the store. An unreadable store has none and is logged: DJL queries
     * every zoo on the class path, whatever a program loads.
     */
    @Override
    public Collection<ModelLoader> getModelLoaders() {
        try {
            Store now = store();
            return VerifiedStore.of(now).index().artifacts().keySet().stream()
                    .<ModelLoader>map(name -> new MedZooLoader(now, name))
                    .toList();
        } catch (IOException | MalformedModelException | RuntimeException e) {
            if (!complained.getAndSet(true)) {
                logger.warn("no models of {}: {}", GROUP_ID, e.getMessage());
            }
            return List.of();
        }
    }

    @Override
    public @Nullable ModelLoader getModelLoader(String name) {
        return getModelLoaders().stream()
                .filter(loader -> loader.getArtifactId().equals(name))
                .findFirst()
                .orElse(null);
    }
}
