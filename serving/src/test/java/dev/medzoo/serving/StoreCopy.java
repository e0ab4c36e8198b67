package dev.medzoo.serving;

import dev.medzoo.zoo.ModelReference;
import dev.medzoo.zoo.StoreIndex;
import dev.medzoo.zoo.StoreIndex.Published;
import dev.medzoo.zoo.VerifiedArtifact;
import dev.medzoo.zoo.VerifiedStore;
import dev.medzoo.zoo.Version;
import dev.medzoo.zoo.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Some artifacts of the class path in a store of their own, whose index a test changes. */
final class StoreCopy {
    static final Version VERSION = Version.parse("1.0.0");

    private final Path root;
    private final SortedMap<String, List<Published>> artifacts = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Version>> aliases = new TreeMap<>();
    private long serial;

    StoreCopy(Path root, String... names) throws Exception {
        this.root = root;
        for (String name : names) {
            VerifiedArtifact artifact =
                    VerifiedStore.of(Store.fromSettings())
                            .artifact(new ModelReference(name, VERSION));
            artifact.content().writeTo(root.resolve(name + "/" + VERSION));
            artifacts.put(name, List.of(new Published(VERSION, artifact.digest())));
            stable(name, VERSION);
        }
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

    StoreCopy write() throws Exception {
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
}
