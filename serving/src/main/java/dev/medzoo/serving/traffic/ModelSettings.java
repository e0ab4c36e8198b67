package dev.medzoo.serving.traffic;

import dev.medzoo.serving.work.PoolOptions;
import dev.medzoo.zoo.explain.ExplanationMethod;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import java.util.List;

/**
 * Which models are served, and what computes them.
 *
 * @param isEverything whether every version in the store is served that is not revoked
 * @param registrations what is served beside, or else
 * @param isLoadingAwaited whether the ports open when all are loaded, and not before
 * @param runtime what computes the networks
 * @param finest method that explanations may take
 * @param cores that they may use
 * @param threads of one prediction
 * @param pools usual options, where neither a registration nor the model's own file says otherwise
 * @param maxPixels of a picture
 */
public record ModelSettings(
        boolean isEverything,
        List<Registration> registrations,
        boolean isLoadingAwaited,
        RuntimeChoice runtime,
        ExplanationMethod finest,
        int cores,
        int threads,
        PoolOptions pools,
        int maxPixels) {
    public ModelSettings {
        registrations = List.copyOf(registrations);
    }
}
