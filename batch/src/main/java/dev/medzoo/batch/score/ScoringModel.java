package dev.medzoo.batch.score;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.EngineDefaults;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.runtime.InferenceRuntime;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import dev.medzoo.zoo.store.CacheFolder;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A verified model of this process. It is loaded once and shared by all tasks of an executor, each
 * with predictors of its own; it stays open as long as the process runs.
 */
final class ScoringModel {
    private static final Map<ModelSource, ScoringModel> LOADED = new HashMap<>();

    private final ZooModel<NetworkInput, Finding> model;
    private final Preparation preparation;
    private final ThreadLocal<PictureScorer> scorers =
            ThreadLocal.withInitial(() -> new PictureScorer(this, PictureOptions.USUAL));

    private ScoringModel(ZooModel<NetworkInput, Finding> model) throws TranslateException {
        this.model = model;
        preparation = Preparation.of(model, new PictureDecoder());
    }

    /**
     * Resolves a reference, and verifies and loads that model, unless this process has it.
     *
     * @param runtime of its network; {@code auto} is the fastest on this machine
     * @throws ModelException if it is absent, damaged or not trusted
     */
    static ModelSource resolve(ModelReference reference, RuntimeChoice runtime)
            throws IOException, ModelException, TranslateException {
        ModelIdentity identity = new MedZoo().identity(reference);
        if (runtime != RuntimeChoice.AUTO) {
            ModelSource source = ModelSource.of(identity, runtime.word());
            of(source);
            return source;
        }
        synchronized (LOADED) {
            ZooModel<NetworkInput, Finding> model = load(identity, runtime);
            String chosen = Objects.requireNonNull(model.getProperty(InferenceRuntime.PROPERTY));
            ModelSource source = ModelSource.of(identity, chosen);
            if (LOADED.putIfAbsent(source, new ScoringModel(model)) != null) {
                model.close();
            }
            return source;
        }
    }

    /**
     * Verifies and loads a model, unless this process has it.
     *
     * @throws ModelException if it is absent, damaged, not trusted, or another than the source says
     */
    static ScoringModel of(ModelSource source)
            throws IOException, ModelException, TranslateException {
        synchronized (LOADED) {
            ScoringModel known = LOADED.get(source);
            if (known == null) {
                source.lead();
                known =
                        new ScoringModel(
                                load(source.identity(), RuntimeChoice.parse(source.runtime())));
                LOADED.put(source, known);
            }
            return known;
        }
    }

    private static ZooModel<NetworkInput, Finding> load(
            ModelIdentity identity, RuntimeChoice runtime)
            throws IOException, ModelException, TranslateException {
        EngineDefaults.set();
        CacheFolder.leadDjl();
        ModelReference reference =
                ModelReference.parse("%s/%s".formatted(identity.name(), identity.version()));
        ZooModel<NetworkInput, Finding> model =
                new MedZoo().load(reference, NetworkInput.class, Finding.class, runtime, null);
        String digest = Preparation.of(model, new PictureDecoder()).model().digest();
        if (!digest.equals(identity.digest())) {
            model.close();
            throw new ModelException(
                    "model: %s is %s in the store of this executor (expected: %s, the driver's)"
                            .formatted(reference, digest, identity.digest()));
        }
        return model;
    }

    /** Decodes and transforms pictures; shared by threads. */
    Preparation preparation() {
        return preparation;
    }

    /** Of this thread, as long as it lives: for pictures that come one by one. */
    PictureScorer scorerOfThread() {
        return scorers.get();
    }

    /** For one thread; the caller closes it. */
    Predictor<NetworkInput, Finding> newPredictor() {
        return model.newPredictor();
    }
}
