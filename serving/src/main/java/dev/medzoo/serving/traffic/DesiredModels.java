package dev.medzoo.serving.traffic;

import ai.djl.repository.zoo.ModelNotFoundException;
import dev.medzoo.serving.work.ServedVersion;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.index.StoreIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The desired state: which models should be served, everything in the store or registered ones. */
final class DesiredModels {
    private static final Logger logger = LoggerFactory.getLogger(DesiredModels.class);

    private final boolean everything;
    private final List<Registration> registered = new ArrayList<>();

    /** Names that were unregistered with all versions. */
    private final Set<String> withoutNames = new HashSet<>();

    /** Single versions that were unregistered. */
    private final Set<ServedVersion> without = new HashSet<>();

    /** Served versions. One that is deprecated later stays until the server restarts. */
    private final Set<ServedVersion> served = new HashSet<>();

    /**
     * One version that should be served.
     *
     * @param entry what the index says it is
     * @param numbers pool options of its registration
     */
    record Wanted(String name, IndexEntry entry, Map<String, Integer> numbers) {
        ServedVersion reference() {
            return new ServedVersion(name, entry.version().toString());
        }
    }

    /**
     * @param everything whether every version in the store is served that is neither revoked nor,
     *     at the start, deprecated; what an alias points to is served in any case
     */
    DesiredModels(boolean everything, List<Registration> registered) {
        this.everything = everything;
        this.registered.addAll(registered);
    }

    /**
     * Checks that the store has the registered models. Revoked ones are left out, as when they are
     * revoked later.
     *
     * @throws ModelNotFoundException for the first that it never had
     */
    void check(StoreIndex index) throws ModelNotFoundException {
        for (Registration each : registered) {
            try {
                index.resolve(each.source());
            } catch (ModelNotFoundException e) {
                if (!isPublished(each.source(), index)) {
                    throw e;
                }
                logger.warn("{} is not served: {}", each.name(), e.getMessage());
            }
        }
    }

    private static boolean isPublished(ModelReference source, StoreIndex index) {
        String alias = source.alias() == null ? ModelReference.STABLE : source.alias();
        Version version =
                source.version() == null
                        ? index.aliasesOf(source.name()).get(alias)
                        : source.version();
        return version != null && index.published(source.name(), version).isPresent();
    }

    /**
     * Desired versions by reference; the later of two equal registrations wins. Versions that the
     * store lacks are left out.
     */
    SortedMap<ServedVersion, Wanted> wanted(StoreIndex index) {
        SortedMap<ServedVersion, Wanted> wanted = new TreeMap<>();
        if (everything) {
            index.artifacts().keySet().forEach(name -> addAll(name, index, wanted));
        }
        for (Registration each : registered) {
            try {
                add(each, index.resolve(each.source()), wanted);
            } catch (ModelNotFoundException e) {
                // Revoked, or no more what its alias points to: the index has the last word.
            }
        }
        return wanted;
    }

    private void addAll(String name, StoreIndex index, SortedMap<ServedVersion, Wanted> wanted) {
        for (Version version : index.usable(name)) {
            ModelReference reference = new ModelReference(name, version);
            ServedVersion one = new ServedVersion(name, version.toString());
            boolean isUnregistered = withoutNames.contains(name) || without.contains(one);
            boolean isWanted = served.contains(one) || !isOld(reference, index);
            if (!isUnregistered && isWanted) {
                served.add(one);
                try {
                    add(Registration.of(reference), index.resolve(reference), wanted);
                } catch (ModelNotFoundException e) {
                    throw new IllegalStateException(reference + " (expected: usable)", e);
                }
            }
        }
    }

    /** Whether it is deprecated, and no alias points to it. */
    private static boolean isOld(ModelReference reference, StoreIndex index) {
        Version version = Objects.requireNonNull(reference.version());
        return index.published(reference.name(), version)
                        .filter(each -> each.deprecated() != null)
                        .isPresent()
                && !index.aliasesOf(reference.name()).containsValue(version);
    }

    private static void add(
            Registration each, IndexEntry entry, SortedMap<ServedVersion, Wanted> wanted) {
        Wanted one = new Wanted(each.name(), entry, each.numbers());
        wanted.put(one.reference(), one);
    }

    /** Adds a registration. Other unregistered versions stay out. */
    void register(Registration more) {
        registered.add(more);
    }

    /** Removes a registration that failed. */
    void forget(Registration one) {
        registered.remove(one);
    }

    /**
     * @param version or null for all
     */
    void unregister(String name, @Nullable String version, StoreIndex index) {
        registered.removeIf(
                each -> each.name().equals(name) && (version == null || is(each, version, index)));
        if (version == null) {
            withoutNames.add(name);
        } else {
            without.add(new ServedVersion(name, version));
        }
    }

    private static boolean is(Registration each, String version, StoreIndex index) {
        try {
            return index.resolve(each.source()).version().toString().equals(version);
        } catch (ModelNotFoundException e) {
            return false;
        }
    }

    /** Whether the name was registered, so that it needs no alias in the index. */
    boolean isRegistered(String name) {
        return registered.stream().anyMatch(each -> each.name().equals(name));
    }
}
