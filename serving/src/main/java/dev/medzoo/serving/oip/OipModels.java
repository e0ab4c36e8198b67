package dev.medzoo.serving.oip;

import dev.medzoo.serving.predict.PredictionRequest;
import dev.medzoo.serving.predict.PredictionResponse;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.traffic.ServedSnapshot;
import dev.medzoo.serving.work.Picture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The served models as the protocol needs them. Its methods must not block.
 *
 * @param served supplies the current snapshot
 * @param isReady whether every model that should be served can be asked now
 * @param predict as {@link dev.medzoo.serving.predict.PredictionService#predict} does
 */
public record OipModels(
        Supplier<ServedSnapshot> served,
        BooleanSupplier isReady,
        BiFunction<PredictionRequest, List<Picture>, CompletableFuture<PredictionResponse>>
                predict) {
    /**
     * The version that a request names.
     *
     * @param version also an alias, such as {@code candidate}; null for the default
     * @throws RefusedException when there is no such model or version
     */
    ServedModel find(String name, @Nullable String version) throws RefusedException {
        return served.get().find(name, version);
    }
}
