package dev.medzoo.serving.predict;

import dev.medzoo.serving.traffic.ServedSnapshot;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What share of each model's traffic its candidate gets: that of the settings, or one that was set
 * while the server runs. What was set holds for one version only, so the next candidate begins with
 * the settings' share again.
 */
public final class TrafficShares {
    private final TrafficOptions settings;
    private final Map<String, Changed> changed = new ConcurrentHashMap<>();

    private record Changed(String version, TrafficOptions options) {}

    TrafficShares(TrafficOptions settings) {
        this.settings = settings;
    }

    /** Those of the settings. */
    public TrafficOptions settings() {
        return settings;
    }

    /**
     * The shares of a candidate.
     *
     * @param model the name that it is served under
     * @param version which of its versions is the candidate now
     */
    public TrafficOptions of(String model, String version) {
        return set(model, version).orElse(settings);
    }

    /**
     * The shares of a model's candidate; none where it has none, or where versions take turns.
     *
     * @param model the name that it is served under
     */
    public Optional<TrafficOptions> of(ServedSnapshot snapshot, String model) {
        return settings.isRoundRobin()
                ? Optional.empty()
                : snapshot.candidate(model).map(each -> of(model, each.version()));
    }

    /** The shares that were set for a candidate. */
    public Optional<TrafficOptions> set(String model, String version) {
        return Optional.ofNullable(changed.get(model))
                .filter(each -> each.version().equals(version))
                .map(Changed::options);
    }

    /**
     * Sets the shares of a candidate until the server stops.
     *
     * @param candidateShare in percent, 0 to 100
     * @param shadowShare in percent, 0 to 100
     */
    public void set(String model, String version, int candidateShare, int shadowShare) {
        changed.put(
                model,
                new Changed(
                        version,
                        new TrafficOptions(candidateShare, shadowShare, settings.isRoundRobin())));
    }

    /** Gives a model the shares of the settings again. */
    public void reset(String model) {
        changed.remove(model);
    }
}
