package dev.medzoo.zoo;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.repository.zoo.BaseModelLoader;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.DefaultTranslatorFactory;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Progress;
import dev.medzoo.translate.FindingTranslatorFactory;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.network.NetworkType;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loads any version of one name. Unlike DJL's own, it reads the store again at each load. */
final class MedZooLoader extends BaseModelLoader {
    private final Store store;
    private final String name;

    MedZooLoader(Store store, String name) {
        super(new MedZooRepository(store, new ModelReference(name, null, null)).mrl());
        this.store = store;
        this.name = name;
    }

    @Override
    public <I, O> ZooModel<I, O> loadModel(Criteria<I, O> criteria)
            throws IOException, ModelNotFoundException, MalformedModelException {
        if (criteria.getArtifactId() == null) {
            // DJL goes through all models of all zoos, of which others may be the ones meant.
            refuseOtherTypes(criteria);
        }
        return load(store, reference(criteria.getFilters()), criteria);
    }

    /** Resolves a reference and loads it. */
    static <I, O> ZooModel<I, O> load(
            Store store, ModelReference reference, Criteria<I, O> criteria)
            throws IOException, ModelNotFoundException, MalformedModelException {
        MedZooRepository repository = new MedZooRepository(store, reference);
        ai.djl.repository.Artifact artifact = repository.meant();
        Map<String, Object> arguments = artifact.getArguments(criteria.getArguments());
        Map<String, String> options = artifact.getOptions(criteria.getOptions());
        RuntimeChoice choice = choice(criteria, arguments, options);
        TranslatorFactory factory = factory(criteria);
        Progress progress = criteria.getProgress();
        try {
            ArtifactContent content = repository.content(artifact, progress);
            if (progress != null) {
                progress.reset("Loading", 1);
            }
            Model model =
                    fitting(choice, content, criteria)
                            .load(
                                    content,
                                    String.valueOf(
                                            arguments.get(
                                                    FindingTranslatorFactory.DIGEST_PROPERTY)),
                                    repository.getResourceDirectory(artifact),
                                    criteria.getDevice(),
                                    options);
            return translated(criteria, factory, model, arguments);
        } finally {
            if (progress != null) {
                progress.end();
            }
        }
    }

    /** Takes ownership of the model, and closes it if there is no translator for it. */
    private static <I, O> ZooModel<I, O> translated(
            Criteria<I, O> criteria,
            TranslatorFactory factory,
            Model model,
            Map<String, Object> arguments)
            throws ModelNotFoundException {
        try {
            Translator<I, O> translator =
                    factory.newInstance(
                            criteria.getInputClass(), criteria.getOutputClass(), model, arguments);
            return new ZooModel<>(model, translator);
        } catch (TranslateException | RuntimeException e) {
            model.close();
            throw new ModelNotFoundException(
                    "translator of " + model.getName() + ": " + e.getMessage(), e);
        }
    }

    /**
     * The runtime that the program sets, else the fastest, unless the program has its own
     * translator, which may need PyTorch arrays.
     */
    private static RuntimeChoice choice(
            Criteria<?, ?> criteria, Map<String, Object> arguments, Map<String, String> options) {
        Object said =
                arguments.getOrDefault(RuntimeChoice.OPTION, options.get(RuntimeChoice.OPTION));
        RuntimeChoice wanted =
                said == null ? RuntimeChoice.AUTO : RuntimeChoice.parse(said.toString());
        if (wanted != RuntimeChoice.AUTO) {
            return wanted;
        }
        if (criteria.getEngine() != null) {
            return RuntimeChoice.ofEngine(criteria.getEngine());
        }
        boolean isOurs =
                criteria.getTranslatorFactory() == null
                        && FindingTranslatorFactory.isOneOf(
                                criteria.getInputClass(), criteria.getOutputClass());
        return isOurs ? RuntimeChoice.AUTO : RuntimeChoice.PYTORCH;
    }

    /** Falls back to the ONNX graph unless PyTorch was named explicitly. */
    private static RuntimeChoice fitting(
            RuntimeChoice choice, ArtifactContent content, Criteria<?, ?> criteria) {
        boolean isUsual =
                choice == RuntimeChoice.PYTORCH
                        && criteria.getEngine() == null
                        && !isSaid(criteria.getArguments())
                        && !isSaid(criteria.getOptions());
        boolean isGraph = content.artifact().network().kind() == NetworkType.ONNX;
        return isUsual && isGraph ? RuntimeChoice.AUTO : choice;
    }

    private static boolean isSaid(@Nullable Map<String, ?> settings) {
        return settings != null && settings.containsKey(RuntimeChoice.OPTION);
    }

    private static TranslatorFactory factory(Criteria<?, ?> criteria) {
        Class<?> input = criteria.getInputClass();
        Class<?> output = criteria.getOutputClass();
        TranslatorFactory given = criteria.getTranslatorFactory();
        if (given != null && given.isSupported(input, output)) {
            return given;
        }
        TranslatorFactory ours = new FindingTranslatorFactory();
        return ours.isSupported(input, output) ? ours : new DefaultTranslatorFactory();
    }

    /**
     * Refuses types that no translator supports.
     *
     * @throws ModelNotFoundException naming those that they take
     */
    static void refuseOtherTypes(Criteria<?, ?> criteria) throws ModelNotFoundException {
        Class<?> input = criteria.getInputClass();
        Class<?> output = criteria.getOutputClass();
        boolean isDjls = input == NDList.class && output == NDList.class;
        if (criteria.getTranslatorFactory() == null
                && !isDjls
                && !FindingTranslatorFactory.isOneOf(input, output)) {
            throw new ModelNotFoundException(FindingTranslatorFactory.refusal(input, output));
        }
    }

    private ModelReference reference(@Nullable Map<String, String> filters) {
        if (filters == null) {
            return new ModelReference(name, null, null);
        }
        String version = filters.get(MedZooRepository.VERSION);
        return new ModelReference(
                name,
                version == null ? null : Version.parse(version),
                filters.get(MedZooRepository.ALIAS));
    }
}
