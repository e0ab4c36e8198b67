package dev.medzoo.serving.traffic;

import dev.medzoo.serving.reload.Reloader;
import dev.medzoo.zoo.MedZoo;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the store's index again and again and lets the served models follow it. An index that
 * cannot be read changes nothing, and the log says why, once for each reason.
 */
public final class IndexPoller implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(IndexPoller.class);

    private final Reloader reloader;

    public IndexPoller(MedZoo zoo, ServedModels models, Duration interval) {
        reloader =
                new Reloader(
                                () -> models.follow(zoo.index()),
                                logger,
                                zoo.store() + ": its index is of no use, what runs stays",
                                zoo.store() + ": its index can be read again")
                        .every(interval, "medzoo-index");
    }

    /** Looks no more. */
    @Override
    public void close() {
        reloader.close();
    }
}
