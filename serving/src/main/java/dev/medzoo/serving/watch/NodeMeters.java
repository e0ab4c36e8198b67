package dev.medzoo.serving.watch;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Metrics of the DICOMweb node. */
final class NodeMeters {
    private NodeMeters() {}

    static void register(MeterRegistry registry, Supplier<NodeSnapshot> node) {
        gauge(
                registry,
                node,
                "up",
                "1 if the latest poll succeeded",
                each -> each.isReachable() ? 1 : 0);
        gauge(registry, node, "matching", "Pictures that match the query", NodeSnapshot::matching);
        gauge(
                registry,
                node,
                "put.off",
                "Pictures that failed and will be retried",
                NodeSnapshot::putOff);
        counter(
                registry,
                node,
                "reports",
                "Reports that the archive accepted",
                NodeSnapshot::reports);
        counter(registry, node, "refusals", "Pictures that get no report", NodeSnapshot::refusals);
        counter(
                registry,
                node,
                "failures",
                "Failed attempts that are retried",
                NodeSnapshot::failures);
    }

    private static void gauge(
            MeterRegistry registry,
            Supplier<NodeSnapshot> node,
            String name,
            String description,
            ToDoubleFunction<NodeSnapshot> number) {
        Gauge.builder("medzoo.dicomweb." + name, () -> number.applyAsDouble(node.get()))
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private static void counter(
            MeterRegistry registry,
            Supplier<NodeSnapshot> node,
            String name,
            String description,
            ToDoubleFunction<NodeSnapshot> number) {
        FunctionCounter.builder(
                        "medzoo.dicomweb." + name, node, each -> number.applyAsDouble(each.get()))
                .description(description)
                .register(registry);
    }
}
