package dev.medzoo.serving.traffic;

import dev.medzoo.serving.work.ServedVersion;
import java.time.Duration;

/** Told of models that load and go. */
public interface LoadListener {
    /** Tells nobody. */
    LoadListener UNWATCHED = new LoadListener() {};

    /** A version is loaded and warm. */
    default void loaded(ServedModel model, Duration time) {}

    /** A version could not be loaded. */
    default void failed(ServedVersion model, String why) {}

    /** A version is no more served, and has answered what it had. */
    default void gone(ServedModel model) {}
}
