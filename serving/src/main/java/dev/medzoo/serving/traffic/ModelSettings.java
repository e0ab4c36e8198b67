package dev.medzoo.serving.traffic;

import dev.medzoo.serving.work.PoolOptions;
import dev.medzoo.zoo.explain.ExplanationMethod;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import java.util.List;

/**
 * Which models are served, and by which runtime.
 *
 * @param isEverything whether all versions in the store are served, except revoked ones
 * @param registrations models to serve in addition, or instead
 * @param isLoadingAwaited whether the ports open only after all models are loaded
 * @param runtime that computes the networks
 * @param finest method that explanations may take
 * @param cores that inference may use
 * @param threads engine threads of one worker
 * @param pools default pool options, overridden by a registration or the model's own file
 * @param maxPixels maximum number of pixels of a picture
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
