package dev.medzoo.serving.traffic;

import ai.djl.ModelException;
import dev.medzoo.serving.traffic.DesiredModels.Wanted;
import dev.medzoo.serving.work.ServedVersion;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.StoreIndex;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles the served models with the desired ones. Missing versions are loaded and warmed up
 * while the old snapshot answers. A version that cannot be loaded changes nothing but its own
 * status. Not thread-safe.
 */
final class Reconciler {
    private static final Logger logger = LoggerFactory.getLogger(Reconciler.class);

    private final DesiredModels plan;
    private final Loader loader;
    private final LoadListener listener;

    /** Load errors of the failed versions. */
    private final Map<ServedVersion, Throwable> causes = new HashMap<>();

    private boolean isBegun;

    Reconciler(DesiredModels plan, Loader loader, LoadListener listener) {
        this.plan = plan;
        this.loader = loader;
        this.listener = listener;
    }

    /** The last load error of a version, or null. */
    @Nullable Throwable cause(ServedVersion model) {
        return causes.get(model);
    }

    /**
     * Reconciles with an index.
     *
     * @param meanwhile receives the snapshot that holds while missing versions load
     * @param isStart whether a model that cannot be loaded is fatal
     * @return the next snapshot; neither snapshot has default versions yet
     * @throws LoadException only at the start
     */
    ServedSnapshot next(
            ServedSnapshot before,
            StoreIndex index,
            Consumer<ServedSnapshot> meanwhile,
            boolean isStart)
            throws LoadException {
        SortedMap<ServedVersion, Wanted> wanted = plan.wanted(index);
        SortedMap<ServedVersion, String> failed = new TreeMap<>();
        SortedMap<ServedVersion, Wanted> missing = new TreeMap<>();
        wanted.values().forEach(one -> sort(one, before, missing, failed));
        SortedMap<ServedVersion, ServedModel> models = new TreeMap<>(before.models());
        models.keySet().removeIf(each -> failed.containsKey(each) || !wanted.containsKey(each));
        if (!missing.isEmpty()) {
            meanwhile.accept(meanwhile(before, index, models, missing, failed));
        }
        List<Attempt> attempts = attempts(List.copyOf(missing.values()));
        if (isStart) {
            demandAll(attempts);
        }
        for (Attempt each : attempts) {
            settle(each, before, models, failed);
        }
        failed.keySet().forEach(each -> keepAllowed(before, each, index, models));
        isBegun = true;
        return new ServedSnapshot(index, models, Map.of(), List.of(), failed);
    }

    private static void sort(
            Wanted one,
            ServedSnapshot before,
            SortedMap<ServedVersion, Wanted> missing,
            SortedMap<ServedVersion, String> failed) {
        ServedModel running = before.models().get(one.reference());
        if (running == null) {
            missing.put(one.reference(), one);
        } else if (!running.identity().digest().equals(one.entry().digest())) {
            String why =
                    "version: %s, now %s (expected: %s)"
                            .formatted(
                                    one.reference(),
                                    one.entry().digest(),
                                    running.identity().digest());
            fail(one.reference(), why, before, failed);
        }
    }

    /**
     * The version that answers for a name stays until its successor is warm, even if it is to be
     * unloaded.
     */
    private static ServedSnapshot meanwhile(
            ServedSnapshot before,
            StoreIndex index,
            SortedMap<ServedVersion, ServedModel> models,
            SortedMap<ServedVersion, Wanted> missing,
            SortedMap<ServedVersion, String> failed) {
        SortedMap<ServedVersion, ServedModel> staying = new TreeMap<>(models);
        SortedMap<ServedVersion, String> stillFailed = new TreeMap<>(failed);
        List<ServedVersion> loading = new ArrayList<>();
        for (Wanted one : missing.values()) {
            before.ofDefault(one.name()).ifPresent(model -> staying.put(model.reference(), model));
            String why = before.failed().get(one.reference());
            if (why == null) {
                loading.add(one.reference());
            } else {
                stillFailed.put(one.reference(), why);
            }
        }
        return new ServedSnapshot(index, staying, Map.of(), loading, stillFailed);
    }

    /**
     * One version that was to be loaded.
     *
     * @param model null when it could not be
     * @param failure null when it was
     */
    private record Attempt(
            Wanted wanted, @Nullable ServedModel model, @Nullable Exception failure) {}

    /** At first nothing is answered, and every core loads; later one does, beside the answers. */
    private List<Attempt> attempts(List<Wanted> missing) {
        int atOnce = isBegun ? 1 : Runtime.getRuntime().availableProcessors();
        if (Math.min(atOnce, missing.size()) < 2) {
            return missing.stream().map(this::attempt).toList();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(atOnce, missing.size()));
        try {
            List<CompletableFuture<Attempt>> all =
                    missing.stream()
                            .map(one -> CompletableFuture.supplyAsync(() -> attempt(one), threads))
                            .toList();
            return all.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    private Attempt attempt(Wanted one) {
        long from = System.nanoTime();
        try {
            ServedModel model = loader.load(one, !isBegun);
            listener.loaded(model, Duration.ofNanos(System.nanoTime() - from));
            logger.info(
                    "{} is ready: {} workers, {}, {}",
                    model.reference(),
                    model.pool().workers().size(),
                    model.runtime(),
                    model.identity().digest());
            return new Attempt(one, model, null);
        } catch (IOException | ModelException | RuntimeException e) {
            return new Attempt(one, null, e);
        }
    }

    /** Where one could not be loaded, closes the others. */
    private static void demandAll(List<Attempt> attempts) throws LoadException {
        for (Attempt each : attempts) {
            if (each.failure() != null) {
                attempts.stream()
                        .map(Attempt::model)
                        .filter(Objects::nonNull)
                        .forEach(model -> model.pool().close());
                throw new LoadException(each.wanted().reference().toString(), each.failure());
            }
        }
    }

    private void settle(
            Attempt attempt,
            ServedSnapshot before,
            SortedMap<ServedVersion, ServedModel> models,
            SortedMap<ServedVersion, String> failed) {
        ServedVersion reference = attempt.wanted().reference();
        if (attempt.failure() != null) {
            String why = String.valueOf(attempt.failure().getMessage());
            causes.put(reference, attempt.failure());
            listener.failed(reference, why);
            fail(reference, why, before, failed);
        } else if (attempt.model() != null) {
            causes.remove(reference);
            models.put(reference, attempt.model());
        }
    }

    /** Logs each reason once. */
    private static void fail(
            ServedVersion model,
            String why,
            ServedSnapshot before,
            SortedMap<ServedVersion, String> failed) {
        failed.put(model, why);
        if (!why.equals(before.failed().get(model))) {
            logger.error("{} cannot be loaded, keeping the current models: {}", model, why);
        }
    }

    /** If the successor failed, the previous version goes on, unless it is revoked. */
    private static void keepAllowed(
            ServedSnapshot before,
            ServedVersion failed,
            StoreIndex index,
            SortedMap<ServedVersion, ServedModel> models) {
        before.ofDefault(failed.name())
                .filter(model -> isAllowed(model, index))
                .ifPresent(model -> models.put(model.reference(), model));
    }

    private static boolean isAllowed(ServedModel model, StoreIndex index) {
        Version version = Version.parse(model.version());
        return index.published(model.identity().name(), version)
                .filter(published -> published.revoked() == null)
                .filter(published -> published.digest().equals(model.identity().digest()))
                .isPresent();
    }
}
