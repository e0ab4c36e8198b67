package dev.medzoo.serving.traffic;

import dev.medzoo.serving.work.ServedVersion;
import java.time.Duration;

/** Listens to the loading and unloading of models. */
public interface LoadListener {
    /** Ignores all events. */
    LoadListener UNWATCHED = new LoadListener() {};

    /** A version is loaded and warm. */
    default void loaded(ServedModel model, Duration time) {}

    /** A version could not be loaded. */
    default void failed(ServedVersion model, String why) {}

    /** A version was unloaded after answering its last request. */
    default void gone(ServedModel model) {}
}
