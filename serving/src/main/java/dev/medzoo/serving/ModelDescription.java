package dev.medzoo.serving;

import ai.djl.Device;
import dev.medzoo.translate.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * One model version as {@code GET /models/{model}} describes it: the names are DJL Serving's, where
 * every model is a workflow of one.
 */
record ModelDescription(String workflowName, String version, List<Described> models) {

    /**
     * @param digest of the artifact; not in DJL Serving
     * @param stable whether it answers those who ask for no version; not in DJL Serving
     * @param notice what every user must know; not in DJL Serving
     */
    record Described(
            String modelName,
            String version,
            String modelUrl,
            String digest,
            boolean stable,
            String notice,
            int batchSize,
            int maxBatchDelayMillis,
            int maxIdleSeconds,
            int queueSize,
            int requestInQueue,
            String status,
            boolean loadedAtStartup,
            List<WorkerGroup> workerGroups) {}

    record WorkerGroup(
            GroupDevice device, int minWorkers, int maxWorkers, List<OneWorker> workers) {}

    record GroupDevice(String deviceType, int deviceId) {}

    record OneWorker(int id, String startTime, String status) {}

    static ModelDescription of(ServedModel model) {
        WorkerPool pool = model.pool();
        String name = model.identity().name();
        String version = model.identity().version();
        Described described =
                new Described(
                        name,
                        version,
                        url(model),
                        model.identity().digest(),
                        model.stable(),
                        Finding.NOTICE,
                        1,
                        0,
                        0,
                        pool.queueSize(),
                        pool.waiting(),
                        model.health(),
                        true,
                        List.of(group(pool)));
        return new ModelDescription(name, version, List.of(described));
    }

    /** What DJL's Criteria load the same model by. */
    static String url(ServedModel model) {
        return "medzoo://" + model.reference();
    }

    private static WorkerGroup group(WorkerPool pool) {
        List<OneWorker> workers = new ArrayList<>();
        for (boolean alive : pool.workers()) {
            String status = alive ? "READY" : "UNLOADING";
            workers.add(new OneWorker(workers.size() + 1, pool.startTime().toString(), status));
        }
        Device device = pool.device();
        return new WorkerGroup(
                new GroupDevice(device.getDeviceType(), device.getDeviceId()),
                workers.size(),
                workers.size(),
                List.copyOf(workers));
    }
}
