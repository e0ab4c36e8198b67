package dev.medzoo.benchmarks.serving;

import dev.medzoo.zoo.artifact.Version;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which versions may answer at a moment, by what was done to the store and what was seen since. */
final class LiveVersions {
    private static final String MODEL = "x-medzoo-model";
    private static final String DIGEST = "x-medzoo-digest";

    private final Map<String, TreeMap<Version, String>> digests = new TreeMap<>();
    private final Map<String, Version> current = new TreeMap<>();
    private final Set<String> condemned = new HashSet<>();

    /** May answer from now on. */
    synchronized void published(String name, Version version, String digest) {
        digests.computeIfAbsent(name, unused -> new TreeMap<>()).put(version, digest);
    }

    /** Was seen to answer: none before it may, to any request that is sent from now on. */
    synchronized void confirmed(String name, Version version) {
        current.put(name, version);
    }

    /** May be refused from now on. */
    synchronized void condemned(String name, Version version) {
        condemned.add(name + "/" + version);
    }

    synchronized List<String> names() {
        return List.copyOf(current.keySet());
    }

    /** The oldest version that may answer a request without a version. */
    synchronized Version current(String name) {
        return Objects.requireNonNull(current.get(name));
    }

    synchronized boolean mayBeRefused(String name, Version version) {
        return condemned.contains(name + "/" + version);
    }

    /** Whether that version says that it answered. */
    static boolean isBy(String name, Version version, Answer answer) {
        return (name + "/" + version).equals(answer.header(MODEL));
    }

    /**
     * What is wrong with the headers of an answer 200, or null.
     *
     * @param since the current version when the request was sent
     * @param only whether the request asked for that version
     */
    synchronized @Nullable String fault(String name, Version since, boolean only, Answer answer) {
        Map<Version, String> allowed =
                Objects.requireNonNull(digests.get(name)).tailMap(since, true);
        for (Map.Entry<Version, String> each : allowed.entrySet()) {
            if (isBy(name, each.getKey(), answer)
                    && each.getValue().equals(answer.header(DIGEST))
                    && (!only || each.getKey().equals(since))) {
                return null;
            }
        }
        return "%s: %s %s (expected: %s of %s)"
                .formatted(
                        MODEL,
                        answer.header(MODEL),
                        answer.header(DIGEST),
                        only ? since : allowed,
                        name);
    }
}
