package dev.medzoo.serving;

import dev.medzoo.translate.ModelIdentity;
import org.jspecify.annotations.Nullable;

/**
 * One version of a model, loaded and warm.
 *
 * @param stable whether it answers those who ask for no version
 * @param revoked why it answers nobody any more, in the words that loading it would be refused
 *     with, or null
 */
record ServedModel(
        ModelIdentity identity, boolean stable, WorkerPool pool, @Nullable String revoked) {
    /** {@code name/version}. */
    String reference() {
        return identity.name() + "/" + identity.version();
    }

    /** Whether all its workers live, in DJL Serving's words, and one of ours for a revoked one. */
    String health() {
        return revoked == null ? pool.health() : "Revoked";
    }
}
