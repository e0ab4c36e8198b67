package dev.medzoo.serving.traffic;

import ai.djl.ModelException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.medzoo.serving.traffic.DesiredModels.Wanted;
import dev.medzoo.serving.work.CoreLimiter;
import dev.medzoo.serving.work.PoolListener;
import dev.medzoo.serving.work.PoolOptions;
import dev.medzoo.serving.work.Servable;
import dev.medzoo.serving.work.WorkerPool;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.explain.ExplanationMethod;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Loads a model from the store: verifies it, loads it, and warms up its workers. */
public final class Loader {
    private final MedZoo zoo;
    private final PictureDecoder decoder;
    private final RuntimeChoice runtime;
    private final ExplanationMethod finest;
    private final PoolOptions usual;
    private final CoreLimiter cores;
    private final PoolListener listener;

    /** Creates a loader. */
    public Loader(MedZoo zoo, ModelSettings settings, PoolListener listener) {
        this.zoo = zoo;
        this.decoder = new PictureDecoder(settings.maxPixels());
        this.runtime = settings.runtime();
        this.finest = settings.finest();
        this.usual = settings.pools();
        this.cores = new CoreLimiter(settings.cores(), settings.threads());
        this.listener = listener;
    }

    MedZoo zoo() {
        return zoo;
    }

    /**
     * Loads one.
     *
     * @throws IllegalArgumentException when its pool options contradict each other
     * @throws IllegalStateException when a worker cannot predict
     */
    ServedModel load(Wanted wanted, boolean atStartup) throws IOException, ModelException {
        ModelReference reference =
                new ModelReference(wanted.entry().name(), wanted.entry().version());
        Map<String, Integer> numbers = numbers(zoo.servingNumbers(reference), wanted.numbers());
        ZooModel<NetworkInput, Finding> model =
                zoo.load(reference, NetworkInput.class, Finding.class, runtime, null);
        try {
            Servable servable = new Servable(model, decoder, each -> zoo.explainer(each, finest));
            PoolOptions options = options(numbers, servable.device().isGpu() ? "gpu." : "cpu.");
            WorkerPool pool =
                    WorkerPool.start(
                            servable, wanted.reference(), options, cores.share(), listener);
            return new ServedModel(wanted.name(), wanted.entry().identity(), atStartup, pool);
        } catch (TranslateException | RuntimeException e) {
            model.close();
            throw e instanceof RuntimeException runtime
                    ? runtime
                    : new IllegalStateException(e.getMessage(), e);
        }
    }

    /** A registration's options override the file's, also its device-specific ones. */
    private static Map<String, Integer> numbers(
            Map<String, Integer> file, Map<String, Integer> registered) {
        Map<String, Integer> numbers = new HashMap<>(file);
        numbers.keySet()
                .removeIf(each -> registered.containsKey(each.replaceFirst("^(cpu|gpu)\\.", "")));
        numbers.putAll(registered);
        return numbers;
    }

    private PoolOptions options(Map<String, Integer> numbers, String device) {
        int max = number(numbers, device, "maxWorkers", usual.maxWorkers());
        int min = number(numbers, device, "minWorkers", Math.min(usual.minWorkers(), max));
        return new PoolOptions(
                min,
                isSet(numbers, device, "maxWorkers") ? max : Math.max(min, max),
                number(numbers, device, "job_queue_size", usual.queueSize()),
                number(numbers, device, "batch_size", usual.batchSize()),
                millis(numbers, device),
                Duration.ofSeconds(
                        number(
                                numbers,
                                device,
                                "max_idle_time",
                                (int) usual.maxIdleTime().toSeconds())),
                usual.maxWait(),
                usual.isAllOrNothing());
    }

    private Duration millis(Map<String, Integer> numbers, String device) {
        int delay = (int) usual.maxBatchDelay().toMillis();
        return Duration.ofMillis(number(numbers, device, "max_batch_delay", delay));
    }

    private static boolean isSet(Map<String, Integer> numbers, String device, String name) {
        return numbers.containsKey(name) || numbers.containsKey(device + name);
    }

    private static int number(Map<String, Integer> numbers, String device, String name, int usual) {
        Integer plain = numbers.getOrDefault(name, usual);
        return numbers.getOrDefault(device + name, plain);
    }
}
