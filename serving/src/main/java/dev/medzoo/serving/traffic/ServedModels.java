package dev.medzoo.serving.traffic;

import ai.djl.ModelException;
import ai.djl.repository.zoo.ModelNotFoundException;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.DesiredModels.Wanted;
import dev.medzoo.serving.work.ServedVersion;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.index.StoreIndex;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that this server serves. A change, by the store's index or by the management API,
 * takes three steps: missing versions are loaded and warmed up while the old snapshot answers; the
 * new snapshot replaces it atomically; removed versions drain their queues and close. A version
 * that cannot be loaded only changes the log, the metrics and its own status.
 */
public final class ServedModels implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(ServedModels.class);

    private final DesiredModels plan;
    private final Reconciler reconciler;
    private final Loader loader;
    private final LoadListener listener;
    private final Duration drainTime;
    private final ExecutorService changes =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "medzoo-models");
                        thread.setDaemon(true);
                        return thread;
                    });

    /** Registrations that have not started. Also the lock for changes of the snapshot. */
    private final Set<ServedVersion> scheduled = new TreeSet<>();

    private volatile Set<String> atStartup = Set.of();
    private volatile ServedSnapshot snapshot = ServedSnapshot.empty();

    /**
     * Creates it without any model.
     *
     * @param drainTime time for a removed version to answer its queued requests
     */
    public ServedModels(
            ModelSettings which, Loader loader, Duration drainTime, LoadListener listener) {
        this.plan = new DesiredModels(which.isEverything(), which.registrations());
        this.reconciler = new Reconciler(plan, loader, listener);
        this.loader = loader;
        this.drainTime = drainTime;
        this.listener = listener;
    }

    /**
     * Loads all models.
     *
     * @throws LoadException naming the first model that cannot be used
     */
    public void start() throws LoadException {
        StoreIndex index = readIndex();
        atStartup = names(plan.wanted(index));
        reconcile(index, true);
        if (snapshot.models().isEmpty()) {
            logger.warn("no models from {} are served", loader.zoo().store());
        }
    }

    private StoreIndex readIndex() throws LoadException {
        try {
            StoreIndex index = loader.zoo().index();
            plan.check(index);
            return index;
        } catch (ModelNotFoundException e) {
            throw new LoadException("load_models", e);
        } catch (IOException | ModelException | RuntimeException e) {
            throw new LoadException("store", e);
        }
    }

    /**
     * Loads all models in the background while the server already answers.
     *
     * @throws LoadException when the store cannot be read
     */
    public void startInBackground() throws LoadException {
        StoreIndex index = readIndex();
        SortedMap<ServedVersion, Wanted> wanted = plan.wanted(index);
        atStartup = names(wanted);
        snapshot = snapshot.loading(wanted.keySet());
        changes.execute(() -> follow(index));
    }

    private static Set<String> names(SortedMap<ServedVersion, Wanted> wanted) {
        return wanted.values().stream().map(Wanted::name).collect(Collectors.toUnmodifiableSet());
    }

    /** The names to be served from the start, loaded or failed. */
    public Set<String> atStartup() {
        return atStartup;
    }

    /** The current snapshot. */
    public ServedSnapshot now() {
        return snapshot;
    }

    /** Applies a newer index. */
    public void follow(StoreIndex index) {
        try {
            reconcile(index, false);
        } catch (LoadException e) {
            throw new IllegalStateException("load: failed (expected: only at the start)", e);
        }
    }

    private synchronized void reconcile(StoreIndex index, boolean isStart) throws LoadException {
        swap(reconciler.next(snapshot, index, this::swap, isStart));
    }

    /** Replaces the snapshot. Removed versions drain and close. */
    private void swap(ServedSnapshot next) {
        ServedSnapshot before = snapshot;
        Map<String, String> defaults;
        synchronized (scheduled) {
            ServedSnapshot withLoading = next.loading(scheduled);
            defaults = new DefaultVersions(plan, withLoading, before.defaults()).all();
            snapshot = withLoading.answering(defaults);
        }
        defaults.forEach(
                (name, version) -> {
                    if (!version.equals(before.defaults().get(name))) {
                        ServedVersion now = new ServedVersion(name, version);
                        logger.info("default version is now {} for {}", now, name);
                    }
                });
        for (ServedModel model : before.models().values()) {
            if (!next.models().containsValue(model)) {
                retire(model);
            }
        }
    }

    private void retire(ServedModel model) {
        logger.info("{}: draining and unloading", model.reference());
        changes.execute(
                () -> {
                    model.pool().drain(drainTime);
                    listener.gone(model);
                });
    }

    /**
     * Registers a model.
     *
     * @param isKept whether to keep it with status failed when it cannot be loaded
     * @return completed when it is ready; failed with a {@link RefusedException} when it cannot be
     *     loaded
     * @throws RefusedException when the store has no such model, or it is already registered
     */
    public CompletableFuture<Void> register(Registration more, boolean isKept)
            throws RefusedException {
        String version = resolved(more.source());
        ServedVersion model = new ServedVersion(more.name(), version);
        synchronized (scheduled) {
            ServedSnapshot now = snapshot;
            if (now.models().containsKey(model) || now.loading().contains(model)) {
                throw new RefusedException(
                        new Refusal(
                                Kind.CONFLICT,
                                "Workflow %s:%s is already registered."
                                        .formatted(more.name(), version)));
            }
            scheduled.add(model);
            snapshot = now.loading(scheduled);
        }
        return CompletableFuture.runAsync(() -> add(more, model, isKept), changes);
    }

    private String resolved(ModelReference source) throws RefusedException {
        try {
            return String.valueOf(loader.zoo().index().resolve(source).version());
        } catch (ModelNotFoundException e) {
            throw new RefusedException(
                    new Refusal(Kind.UNKNOWN_MODEL, String.valueOf(e.getMessage())));
        } catch (IOException | ModelException e) {
            throw new RefusedException(
                    new Refusal(Kind.STORE_UNAVAILABLE, "store: " + e.getMessage()));
        }
    }

    private synchronized void add(Registration more, ServedVersion model, boolean isKept) {
        plan.register(more);
        synchronized (scheduled) {
            // The snapshot shows it as loading until it is exchanged.
            scheduled.remove(model);
        }
        try {
            follow(loader.zoo().index());
        } catch (IOException | ModelException e) {
            plan.forget(more);
            follow(snapshot.index());
            throw new CompletionException(
                    new RefusedException(
                            new Refusal(Kind.STORE_UNAVAILABLE, "store: " + e.getMessage())));
        }
        String why = snapshot.failed().get(model);
        if (why != null && !isKept) {
            Refusal refusal = refusal(model, why);
            plan.forget(more);
            follow(snapshot.index());
            throw new CompletionException(new RefusedException(refusal));
        }
    }

    /** Contradicting pool options are the client's fault, a broken artifact is not. */
    private Refusal refusal(ServedVersion model, String why) {
        return reconciler.cause(model) instanceof IllegalArgumentException
                ? Refusal.badRequest(why)
                : Refusal.failed(why);
    }

    /**
     * Unregisters a model or one version and cancels pending loads. The store keeps it. Waits for a
     * load in progress.
     *
     * @param version or alias, or null for all
     * @throws RefusedException when it is not served
     */
    public synchronized void unregister(String name, @Nullable String version)
            throws RefusedException {
        String which = version;
        if (!snapshot.hasFailed(name, version)) {
            List<ServedModel> served = matching(name, version);
            which = version == null ? null : served.get(0).version();
        }
        plan.unregister(name, which, snapshot.index());
        follow(snapshot.index());
    }

    /**
     * All versions that a request refers to, at least one.
     *
     * @param version or alias, or null for every one
     */
    public List<ServedModel> matching(String name, @Nullable String version)
            throws RefusedException {
        ServedSnapshot now = snapshot;
        if (version != null) {
            return List.of(now.find(name, version));
        }
        List<ServedModel> versions = now.versions(name);
        if (versions.isEmpty()) {
            throw new RefusedException(now.absent(name, null));
        }
        return versions;
    }

    /** Refuses pending registrations and closes every model. */
    @Override
    public void close() {
        changes.shutdown();
        Collection<ServedModel> last = snapshot.models().values();
        last.forEach(model -> model.pool().close());
        try {
            // Those that went before still close.
            changes.awaitTermination(drainTime.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
