package dev.medzoo.serving;

import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.index.StoreIndex.Published;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Some {@linkplain SmallModel small} artifacts in a store, whose index a test changes. */
public final class StoreCopy {
    static final Version VERSION = SmallModel.VERSION;

    private final Path root;
    private final SortedMap<String, List<Published>> artifacts = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Version>> aliases = new TreeMap<>();
    private long serial;

    StoreCopy(Path root, String... names) throws Exception {
        this.root = root;
        for (String name : names) {
            add(SmallModel.of(name));
        }
    }

    /** The artifacts as they are on the class path, with all of their weights. */
    public static StoreCopy ofWhole(Path root, String... names) throws Exception {
        StoreCopy store = new StoreCopy(root);
        for (String name : names) {
            store.add(SmallModel.whole(name));
        }
        return store;
    }

    private void add(ArtifactContent content) throws Exception {
        String name = content.artifact().name();
        content.writeTo(root.resolve(name + "/" + VERSION));
        artifacts.put(name, List.of(new Published(VERSION, content.manifest().digest())));
        stable(name, VERSION);
    }

    /** Revokes the version of a name, or lets it be used again. */
    StoreCopy revoke(String name, @Nullable String reason) {
        Published now = Objects.requireNonNull(artifacts.get(name)).get(0);
        artifacts.put(name, List.of(new Published(VERSION, now.digest(), null, reason)));
        return this;
    }

    /** Points {@code stable} to a version, or to none. */
    StoreCopy stable(String name, @Nullable Version version) {
        SortedMap<String, Version> pointers = new TreeMap<>();
        if (version != null) {
            pointers.put(ModelReference.STABLE, version);
        }
        aliases.put(name, pointers);
        return this;
    }

    /** Lists a version that is not there to be loaded. */
    StoreCopy publish(String name, String version) {
        Published now = Objects.requireNonNull(artifacts.get(name)).get(0);
        Published more = new Published(Version.parse(version), now.digest());
        artifacts.put(name, List.of(now, more));
        return this;
    }

    /** Writes its index, for whoever reads it next. */
    public StoreCopy write() throws Exception {
        serial++;
        StoreIndex index =
                new StoreIndex(
                        StoreIndex.FORMAT, serial, Instant.EPOCH, null, null, artifacts, aliases);
        return replace(index.toBytes());
    }

    StoreCopy replace(byte[] index) throws Exception {
        Path fresh = Files.write(root.resolve("fresh"), index);
        Files.move(fresh, root.resolve(StoreIndex.FILE), StandardCopyOption.ATOMIC_MOVE);
        return this;
    }

    /**
     * Publishes a version for real: the first one, under another number.
     *
     * @param from a piece of its {@code artifact.json}
     * @param to what stands there instead
     */
    StoreCopy add(String name, Version version, String from, String to) throws Exception {
        Path candidate = Files.createTempDirectory(root, "candidate");
        SmallModel.of(name).writeTo(candidate);
        Files.delete(candidate.resolve(ArtifactFiles.MANIFEST));
        for (String json : List.of(ArtifactFiles.ARTIFACT, ArtifactFiles.CARD)) {
            String text = Files.readString(candidate.resolve(json));
            String renamed =
                    text.replaceFirst(
                            "\"version\" : \"1.0.0\"", "\"version\" : \"" + version + "\"");
            Files.writeString(candidate.resolve(json), renamed.replaceFirst(from, to));
        }
        ArtifactContent content = ArtifactContent.ofCandidate(candidate);
        content.writeTo(root.resolve(name + "/" + version));
        List<Published> all = new ArrayList<>(Objects.requireNonNull(artifacts.get(name)));
        all.add(new Published(version, content.manifest().digest()));
        artifacts.put(name, all);
        return this;
    }

    /** Of a version that is listed. */
    String digest(String name, Version version) {
        return Objects.requireNonNull(artifacts.get(name)).stream()
                .filter(each -> each.version().equals(version))
                .map(Published::digest)
                .findFirst()
                .orElseThrow();
    }

    /** Points an alias to a version. */
    StoreCopy alias(String name, String alias, Version version) {
        SortedMap<String, Version> pointers =
                new TreeMap<>(aliases.getOrDefault(name, new TreeMap<>()));
        pointers.put(alias, version);
        aliases.put(name, pointers);
        return this;
    }

    /** Revokes one version of several. */
    StoreCopy revoke(String name, Version version, String reason) {
        artifacts.computeIfPresent(
                name,
                (key, all) ->
                        all.stream()
                                .map(
                                        each ->
                                                each.version().equals(version)
                                                        ? new Published(
                                                                version,
                                                                each.digest(),
                                                                null,
                                                                reason)
                                                        : each)
                                .toList());
        return this;
    }
}
