package dev.medzoo.serving.oip;

import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.finding.Finding;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the protocol says of a model.
 *
 * @param name under which it is asked for
 * @param versions all that a request can name
 * @param inputs of which a request gives exactly one
 * @param properties what it says beside its tensors
 */
record ModelMetadata(
        String name,
        List<String> versions,
        String platform,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        Map<String, String> properties) {
    /** Names DJL: what runs below is its engines' affair. */
    private static final String PLATFORM = "medzoo_djl";

    /**
     * That of a model that is served.
     *
     * @throws RefusedException as {@link OipModels#find}
     */
    static ModelMetadata of(OipModels models, String name, @Nullable String version)
            throws RefusedException {
        Preparation preparation = models.find(name, version).preparation();
        List<String> labels = preparation.labels();
        return new ModelMetadata(
                name,
                models.served().get().versions(name).stream().map(ServedModel::version).toList(),
                PLATFORM,
                List.of(ImageInput.SPEC, TensorInput.spec(preparation.size())),
                Stream.of(ModelOutput.values()).map(each -> each.spec(labels.size())).toList(),
                Map.of("labels", String.join(",", labels), "notice", Finding.NOTICE));
    }
}
