package dev.medzoo.serving.traffic;

import ai.djl.repository.zoo.ModelNotFoundException;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.work.ServedVersion;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.StoreIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An immutable snapshot of the served models for one state of the index.
 *
 * @param models by reference
 * @param defaults default version of each name
 * @param loading versions that are being loaded
 * @param failed versions that could not be loaded, with the reason
 */
public record ServedSnapshot(
        StoreIndex index,
        SortedMap<ServedVersion, ServedModel> models,
        Map<String, String> defaults,
        List<ServedVersion> loading,
        SortedMap<ServedVersion, String> failed) {
    private static final String CANDIDATE = "candidate";

    public ServedSnapshot {
        models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
        defaults = Map.copyOf(defaults);
        loading = List.copyOf(loading);
        failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
    }

    static ServedSnapshot empty() {
        return new ServedSnapshot(
                StoreIndex.empty(), new TreeMap<>(), Map.of(), List.of(), new TreeMap<>());
    }

    /** All versions of a name in ascending order. */
    public List<ServedModel> versions(String name) {
        List<ServedModel> versions = new ArrayList<>();
        for (ServedModel model : models.values()) {
            if (model.name().equals(name)) {
                versions.add(model);
            }
        }
        versions.sort((a, b) -> Version.parse(a.version()).compareTo(Version.parse(b.version())));
        return versions;
    }

    /** The default version of a name. */
    public Optional<ServedModel> ofDefault(String name) {
        return Optional.ofNullable(defaults.get(name))
                .map(v -> models.get(new ServedVersion(name, v)));
    }

    /** The one that {@code candidate} points to, unless it is the default itself. */
    public Optional<ServedModel> candidate(String name) {
        return aliased(name, CANDIDATE)
                .filter(model -> !ofDefault(name).equals(Optional.of(model)));
    }

    /** The version that an alias of its artifact points to, whatever name it is served under. */
    public Optional<ServedModel> aliased(String name, String alias) {
        return models.values().stream()
                .filter(model -> model.name().equals(name) && isAliased(model, alias))
                .findFirst();
    }

    private boolean isAliased(ServedModel model, String alias) {
        Version version = index.aliasesOf(model.identity().name()).get(alias);
        return version != null && version.toString().equals(model.version());
    }

    /**
     * Finds the model of a request.
     *
     * @param version or alias, or null for the default
     */
    public ServedModel find(String name, @Nullable String version) throws RefusedException {
        Optional<ServedModel> found;
        if (version == null) {
            found = ofDefault(name);
        } else {
            found =
                    Optional.ofNullable(models.get(new ServedVersion(name, version)))
                            .or(() -> aliased(name, version));
        }
        if (found.isEmpty()) {
            throw new RefusedException(absent(name, version));
        }
        return found.get();
    }

    /** Why a version is not served: failed, loading, revoked or unknown. */
    public Refusal absent(String name, @Nullable String version) {
        String asked = version == null ? name : name + "/" + version;
        for (Map.Entry<ServedVersion, String> each : failed.entrySet()) {
            if (each.getKey().is(name, version)) {
                return new Refusal(
                        Kind.NOT_READY,
                        "model: %s failed to load: %s".formatted(each.getKey(), each.getValue()));
            }
        }
        if (loading.stream().anyMatch(each -> each.is(name, version))) {
            return Refusal.later(Kind.NOT_READY, "Model is not ready: " + asked, Duration.ZERO);
        }
        String revoked = revoked(name, version);
        return revoked == null
                ? Refusal.unknownModel(asked)
                : new Refusal(Kind.UNKNOWN_MODEL, revoked);
    }

    /**
     * The message of a revoked version, as loading it would give, or null when it is not revoked.
     */
    private @Nullable String revoked(String name, @Nullable String version) {
        try {
            Version asked = version == null ? stable(name) : Version.parse(version);
            if (asked != null && index.published(name, asked).isPresent()) {
                index.resolve(new ModelReference(name, asked));
            }
            return null;
        } catch (ModelNotFoundException e) {
            return e.getMessage();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private @Nullable Version stable(String name) {
        return index.aliasesOf(name).get(ModelReference.STABLE);
    }

    /** A copy with other default versions. */
    ServedSnapshot answering(Map<String, String> versions) {
        return new ServedSnapshot(index, models, versions, loading, failed);
    }

    /** Whether a version of a name, or any version, has failed. */
    boolean hasFailed(String name, @Nullable String version) {
        return failed.keySet().stream().anyMatch(each -> each.is(name, version));
    }

    /** A copy with more versions loading. */
    ServedSnapshot loading(Collection<ServedVersion> references) {
        Set<ServedVersion> all = new TreeSet<>(loading);
        all.addAll(references);
        return new ServedSnapshot(index, models, defaults, List.copyOf(all), failed);
    }
}
