package dev.medzoo.serving.work;

import ai.djl.Model;
import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.zoo.explain.Explainer;
import dev.medzoo.zoo.explain.ExplanationMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model's explainer, created on first use and never on a worker thread: PyTorch takes a second to
 * start, and no prediction may wait for that. It lives until the model is closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Who waits for an explainer sees what fails.
public final class LazyExplainer implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(LazyExplainer.class);

    /** Limits how many requests wait for a load, since each of them holds a picture in memory. */
    private static final int MOST_WAITING = 64;

    /** One thread loads the explainers of all models, one after another. */
    private static final ExecutorService LOADING =
            Executors.newSingleThreadExecutor(
                    task -> {
                        Thread thread = new Thread(task, "medzoo-explainers");
                        thread.setDaemon(true);
                        return thread;
                    });

    private final Model model;
    private final Source source;
    private volatile @Nullable Explainer explainer;
    private boolean isClosed;
    private final AtomicInteger waiting = new AtomicInteger();

    /** Creates the explainer of a loaded model. */
    @FunctionalInterface
    public interface Source {
        /** Makes one. */
        Explainer of(Model model) throws IOException, ModelException, TranslateException;
    }

    LazyExplainer(Model model, Source source) {
        this.model = model;
        this.source = source;
    }

    /**
     * Loads what a method needs.
     *
     * @param method or null for the finest available
     * @return fails with a {@link RefusedException} when there is no such explanation
     */
    CompletableFuture<Explainer> load(@Nullable ExplanationMethod method) {
        Explainer now = now();
        if (now != null && now.isLoaded(method)) {
            return CompletableFuture.completedFuture(now);
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return RefusedException.failed(
                    Refusal.later(
                            Kind.QUEUE_FULL,
                            "Too many requests wait for the explainer of model: " + model.getName(),
                            Duration.ofSeconds(2)));
        }
        CompletableFuture<Explainer> loaded = new CompletableFuture<>();
        loaded.whenComplete((ready, failure) -> waiting.decrementAndGet());
        LOADING.execute(
                () -> {
                    try {
                        Explainer ready = open();
                        ready.load(method);
                        loaded.complete(ready);
                    } catch (RefusedException e) {
                        loaded.completeExceptionally(e);
                    } catch (UnsupportedOperationException e) {
                        loaded.completeExceptionally(
                                new RefusedException(
                                        new Refusal(
                                                Kind.UNEXPLAINED, String.valueOf(e.getMessage()))));
                    } catch (Throwable e) {
                        loaded.completeExceptionally(new RefusedException(failed(e)));
                    }
                });
        return loaded;
    }

    /** The explainer that {@link #load} has made, which is there as long as the model. */
    @Nullable Explainer now() {
        return explainer;
    }

    private synchronized Explainer open()
            throws RefusedException, IOException, ModelException, TranslateException {
        if (isClosed) {
            throw new RefusedException(Refusal.stopping());
        }
        Explainer made = explainer;
        if (made == null) {
            made = source.of(model);
            explainer = made;
        }
        return made;
    }

    private Refusal failed(Throwable e) {
        logger.error("{}: the explainer cannot be loaded", model.getName(), e);
        return Refusal.later(
                Kind.NOT_READY,
                "explanations: cannot be loaded for model %s (expected: its files in the store)"
                        .formatted(model.getName()),
                Duration.ofSeconds(5));
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        Explainer made = explainer;
        if (made != null) {
            made.close();
        }
    }
}
