package dev.medzoo.serving.traffic;

import dev.medzoo.serving.reload.Reloader;
import dev.medzoo.zoo.MedZoo;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the store's index and lets the served models follow it. An unreadable index changes nothing
 * and is logged once per reason.
 */
public final class IndexPoller implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(IndexPoller.class);

    private final Reloader reloader;

    public IndexPoller(MedZoo zoo, ServedModels models, Duration interval) {
        reloader =
                new Reloader(
                                () -> models.follow(zoo.index()),
                                logger,
                                zoo.store() + ": invalid index, keeping the current models",
                                zoo.store() + ": valid index again")
                        .every(interval, "medzoo-index");
    }

    /** Stops polling. */
    @Override
    public void close() {
        reloader.close();
    }
}
