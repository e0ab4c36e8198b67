package dev.medzoo.serving.traffic;

import dev.medzoo.serving.work.ServedVersion;
import dev.medzoo.serving.work.WorkerPool;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.finding.ModelIdentity;

/**
 * A loaded and warm model version.
 *
 * @param name under which it is served: the artifact's, unless it was registered under another
 * @param atStartup whether it was loaded when the ports opened
 */
public record ServedModel(String name, ModelIdentity identity, boolean atStartup, WorkerPool pool) {
    /** Of the artifact, and the name under which clients ask for it. */
    public String version() {
        return identity.version();
    }

    /** The name and version that clients use. */
    public ServedVersion reference() {
        return new ServedVersion(name, version());
    }

    /** The preprocessing. */
    public Preparation preparation() {
        return pool.servable().preparation();
    }

    /** The runtime, such as {@code onnx-int8}. */
    public String runtime() {
        return pool.servable().runtime();
    }

    /** The URL that loads the same model with DJL's Criteria. */
    public String url() {
        return "medzoo://" + identity.name() + "/" + version();
    }
}
