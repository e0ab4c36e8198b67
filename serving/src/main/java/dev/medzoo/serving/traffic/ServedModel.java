package dev.medzoo.serving.traffic;

import dev.medzoo.serving.work.WorkerPool;
import dev.medzoo.translate.ModelIdentity;

/**
 * One version of a model, loaded and warm.
 *
 * @param name under which it is served: the artifact's, unless it was registered under another
 * @param atStartup whether it was there when the server began to listen
 */
public record ServedModel(String name, ModelIdentity identity, boolean atStartup, WorkerPool pool) {
    /** Of the artifact, and the name under which clients ask for it. */
    public String version() {
        return identity.version();
    }

    /** {@code name/version}, as clients ask for it. */
    public String reference() {
        return name + "/" + version();
    }

    /** What DJL's Criteria load the same model by. */
    public String url() {
        return "medzoo://" + identity.name() + "/" + version();
    }
}
