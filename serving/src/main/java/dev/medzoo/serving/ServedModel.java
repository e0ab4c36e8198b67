package dev.medzoo.serving;

import dev.medzoo.translate.ModelIdentity;

/**
 * One version of a model, loaded and warm.
 *
 * @param stable whether it answers those who ask for no version
 */
record ServedModel(ModelIdentity identity, boolean stable, WorkerPool pool) {
    /** {@code name/version}. */
    String reference() {
        return identity.name() + "/" + identity.version();
    }
}
