package dev.medzoo.serving.api;

import ai.djl.Device;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.traffic.ServedSnapshot;
import dev.medzoo.serving.work.PoolOptions;
import dev.medzoo.serving.work.WorkerPool;
import dev.medzoo.translate.finding.Finding;
import java.util.List;

/**
 * One model version as {@code GET /models/{model}} describes it: the names are DJL Serving's, where
 * every model is a workflow of one.
 */
record ModelDescription(String workflowName, String version, List<Described> models) {

    /**
     * @param digest of the artifact; not in DJL Serving
     * @param runtime of the network; not in DJL Serving
     * @param stable whether it is the default version; not in DJL Serving
     * @param notice what every user must know; not in DJL Serving
     * @param maxWaitMillis for a worker, of those who do not say how long they wait; not in DJL
     *     Serving
     * @param expectedWaitMillis of a picture that comes now; not in DJL Serving
     */
    record Described(
            String modelName,
            String version,
            String modelUrl,
            String digest,
            String runtime,
            boolean stable,
            String notice,
            int batchSize,
            long maxBatchDelayMillis,
            long maxIdleSeconds,
            int queueSize,
            int requestInQueue,
            long maxWaitMillis,
            long expectedWaitMillis,
            String status,
            boolean loadedAtStartup,
            List<WorkerGroup> workerGroups) {}

    record WorkerGroup(
            GroupDevice device, int minWorkers, int maxWorkers, List<OneWorker> workers) {}

    record GroupDevice(String deviceType, int deviceId) {}

    record OneWorker(int id, String startTime, String status) {}

    static ModelDescription of(ServedModel model, ServedSnapshot snapshot) {
        WorkerPool pool = model.pool();
        PoolOptions options = pool.options();
        boolean isDefault = snapshot.ofDefault(model.name()).filter(model::equals).isPresent();
        Described described =
                new Described(
                        model.name(),
                        model.version(),
                        model.url(),
                        model.identity().digest(),
                        model.runtime(),
                        isDefault,
                        Finding.NOTICE,
                        options.batchSize(),
                        options.maxBatchDelay().toMillis(),
                        options.maxIdleTime().toSeconds(),
                        options.queueSize(),
                        pool.waiting(),
                        options.maxWait().toMillis(),
                        pool.expectedWait().toMillis(),
                        pool.isHealthy() ? "Healthy" : "Unhealthy",
                        model.atStartup(),
                        List.of(group(pool, options)));
        return new ModelDescription(model.name(), model.version(), List.of(described));
    }

    private static WorkerGroup group(WorkerPool pool, PoolOptions options) {
        List<OneWorker> workers =
                pool.workers().stream()
                        .map(
                                each ->
                                        new OneWorker(
                                                each.id(),
                                                each.startTime().toString(),
                                                each.isReady() ? "READY" : "STARTED"))
                        .toList();
        Device device = pool.device();
        return new WorkerGroup(
                new GroupDevice(device.getDeviceType(), device.getDeviceId()),
                options.minWorkers(),
                options.maxWorkers(),
                workers);
    }
}
