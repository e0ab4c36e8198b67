package dev.medzoo.serving.traffic;

import ai.djl.ModelException;
import dev.medzoo.zoo.MedZoo;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the store's index again and again and lets the served models follow it. An index that
 * cannot be read changes nothing, and the log says why, once for each reason.
 */
public final class IndexWatch implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(IndexWatch.class);

    private final MedZoo zoo;
    private final ServedModels models;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "medzoo-index");
                        thread.setDaemon(true);
                        return thread;
                    });
    private String complaint = "";

    @SuppressWarnings("FutureReturnValueIgnored") // Looking never fails.
    public IndexWatch(MedZoo zoo, ServedModels models, Duration interval) {
        this.zoo = zoo;
        this.models = models;
        long millis = interval.toMillis();
        timer.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            models.follow(zoo.index());
            if (!complaint.isEmpty()) {
                logger.info("{}: its index can be read again", zoo.store());
                complaint = "";
            }
        } catch (IOException | ModelException | RuntimeException e) {
            String why = String.valueOf(e.getMessage());
            if (!why.equals(complaint) && !timer.isShutdown()) {
                logger.warn("{}: its index is of no use, what runs stays: {}", zoo.store(), why);
                complaint = why;
            }
        }
    }

    /** Looks no more. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
