package dev.medzoo.serving.page;

import dev.medzoo.serving.predict.TrafficOptions;
import dev.medzoo.serving.predict.TrafficShares;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.traffic.ServedSnapshot;
import dev.medzoo.serving.work.ServedVersion;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.artifact.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What there is to choose from, for whoever may predict. It names files of {@code /store/}, such as
 * the card, and says nothing of workers and queues.
 *
 * @param models by name
 */
record Catalogue(String notice, List<Named> models) {
    /**
     * @param shadowShare of the requests that name no version, in percent, that the candidate
     *     computes too, unseen
     * @param versions the highest first
     */
    record Named(String name, int shadowShare, List<Offered> versions) {}

    /**
     * @param status {@code READY}, {@code PENDING} or {@code FAILED}
     * @param artifact its name in the store, or null where it is not loaded
     * @param aliases that point to it
     * @param share of the requests that name no version, in percent
     */
    record Offered(
            String version,
            String status,
            @Nullable String artifact,
            @Nullable String digest,
            @Nullable String runtime,
            List<String> aliases,
            int share) {}

    static Catalogue of(ServedSnapshot snapshot, TrafficShares traffic) {
        SortedMap<String, List<Offered>> all = new TreeMap<>();
        for (ServedModel each : snapshot.models().values()) {
            versions(all, each.name()).add(offered(each, snapshot, traffic));
        }
        addAbsent(snapshot.loading(), "PENDING", snapshot, all);
        addAbsent(snapshot.failed().keySet(), "FAILED", snapshot, all);
        return new Catalogue(
                Finding.NOTICE,
                all.entrySet().stream()
                        .map(each -> named(each.getKey(), each.getValue(), snapshot, traffic))
                        .toList());
    }

    private static Named named(
            String name, List<Offered> versions, ServedSnapshot snapshot, TrafficShares traffic) {
        int shadowShare = traffic.of(snapshot, name).map(TrafficOptions::shadowShare).orElse(0);
        return new Named(name, shadowShare, sorted(versions));
    }

    private static List<Offered> versions(SortedMap<String, List<Offered>> all, String name) {
        return all.computeIfAbsent(name, key -> new ArrayList<>());
    }

    private static void addAbsent(
            Collection<ServedVersion> which,
            String status,
            ServedSnapshot snapshot,
            SortedMap<String, List<Offered>> all) {
        for (ServedVersion each : which) {
            if (!snapshot.models().containsKey(each)) {
                versions(all, each.name())
                        .add(new Offered(each.version(), status, null, null, null, List.of(), 0));
            }
        }
    }

    private static Offered offered(
            ServedModel model, ServedSnapshot snapshot, TrafficShares traffic) {
        List<String> aliases = new ArrayList<>();
        snapshot.index()
                .aliasesOf(model.identity().name())
                .forEach(
                        (alias, version) -> {
                            if (version.toString().equals(model.version())) {
                                aliases.add(alias);
                            }
                        });
        return new Offered(
                model.version(),
                model.pool().isHealthy() ? "READY" : "FAILED",
                model.identity().name(),
                model.identity().digest(),
                model.runtime(),
                aliases,
                share(model, snapshot, traffic));
    }

    private static int share(ServedModel model, ServedSnapshot snapshot, TrafficShares traffic) {
        if (traffic.settings().isRoundRobin()) {
            return 100 / snapshot.versions(model.name()).size();
        }
        ServedModel stable = snapshot.ofDefault(model.name()).orElse(null);
        ServedModel candidate = snapshot.candidate(model.name()).orElse(null);
        if (stable == null || candidate == null) {
            return model.equals(stable) ? 100 : 0;
        }
        int share = traffic.of(model.name(), candidate.version()).candidateShare();
        return model.equals(candidate) ? share : model.equals(stable) ? 100 - share : 0;
    }

    private static List<Offered> sorted(List<Offered> versions) {
        return versions.stream()
                .sorted((a, b) -> Version.parse(b.version()).compareTo(Version.parse(a.version())))
                .toList();
    }
}
