package dev.medzoo.zoo;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDList;
import ai.djl.repository.zoo.BaseModelLoader;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.FindingTranslatorFactory;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads any version of one name. DJL would keep what it saw at the first load; this looks again.
 */
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
        ModelReference reference = reference(criteria.getFilters());
        return new BaseModelLoader(new MedZooRepository(store, reference).mrl())
                .loadModel(criteria);
    }

    /**
     * Refuses types that none of our translators takes.
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
