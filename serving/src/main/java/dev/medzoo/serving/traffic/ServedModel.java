package dev.medzoo.serving.traffic;

import dev.medzoo.serving.work.ServedVersion;
import dev.medzoo.serving.work.WorkerPool;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.finding.ModelIdentity;

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

    /** As clients ask for it. */
    public ServedVersion reference() {
        return new ServedVersion(name, version());
    }

    /** How its pictures are prepared. */
    public Preparation preparation() {
        return pool.servable().preparation();
    }

    /** What computes its network, such as {@code onnx-int8}. */
    public String runtime() {
        return pool.servable().runtime();
    }

    /** What DJL's Criteria load the same model by. */
    public String url() {
        return "medzoo://" + identity.name() + "/" + version();
    }
}
