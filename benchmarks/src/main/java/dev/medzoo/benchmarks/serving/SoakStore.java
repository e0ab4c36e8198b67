package dev.medzoo.benchmarks.serving;

import ai.djl.ModelException;
import dev.medzoo.registry.GarbageCollector;
import dev.medzoo.registry.Maintainer;
import dev.medzoo.registry.Registry;
import dev.medzoo.registry.WritableFolderStore;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.sign.ModelSignature;
import dev.medzoo.zoo.sign.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A copy of a store, whose maintainer publishes the same models under new versions. */
final class SoakStore {
    private static final String VERSION = "\"version\" : \"[0-9.]+\"";
    private static final String REASON = "a soak replaced it";

    private final Path root;
    private final Path candidates;
    private final WritableFolderStore place;
    private final Registry registry;

    /**
     * Copies a store.
     *
     * @param folder empty; the copy is {@code store} in it
     */
    SoakStore(Path original, Path folder) throws IOException, ModelException {
        root = folder.resolve("store");
        candidates = folder.resolve("candidates");
        place = new WritableFolderStore(root);
        registry =
                new Registry(
                        place,
                        new Maintainer("soak", SigningKey.generate(), null, Clock.systemUTC()));
        Files.createDirectory(root);
        Files.copy(original.resolve(StoreIndex.FILE), root.resolve(StoreIndex.FILE));
        copy(original.resolve("history"), root.resolve("history"));
        for (String name : index().artifacts().keySet()) {
            for (Version version : index().usable(name)) {
                copy(original.resolve(name + "/" + version), root.resolve(name + "/" + version));
            }
        }
    }

    Path root() {
        return root;
    }

    StoreIndex index() throws IOException, ModelException {
        return VerifiedStore.of(place.store()).index();
    }

    /** The version that answers unless another is asked for. */
    Version stable(String name) throws IOException, ModelException {
        return index().resolve(new ModelReference(name, null, null)).version();
    }

    String digest(String name, Version version) throws IOException, ModelException {
        return index().resolve(new ModelReference(name, version)).digest();
    }

    /**
     * Publishes a version again, under the next number.
     *
     * @return that number
     */
    Version republish(String name, Version version) throws IOException, ModelException {
        Version next = new Version(version.major(), version.minor(), version.patch() + 1);
        Path candidate = candidates.resolve(name);
        if (!Files.exists(candidate)) {
            copy(root.resolve(name + "/" + version), candidate);
            Files.delete(candidate.resolve(ArtifactFiles.MANIFEST));
            Files.deleteIfExists(candidate.resolve(ModelSignature.FILE));
            Files.deleteIfExists(candidate.resolve(ArtifactFiles.GATE));
        }
        rename(candidate.resolve(ArtifactFiles.ARTIFACT), next);
        rename(candidate.resolve(ArtifactFiles.CARD), next);
        registry.publish(ArtifactContent.ofCandidate(candidate));
        return next;
    }

    void makeStable(String name, Version version) throws IOException, ModelException {
        registry.promote(new ModelReference(name, version), ModelReference.STABLE, REASON);
    }

    void revoke(String name, Version version) throws IOException, ModelException {
        registry.revoke(new ModelReference(name, version), REASON);
    }

    /** Removes the files of revoked versions, which would fill the disk. */
    void collect() throws IOException, ModelException {
        new GarbageCollector(place, true).remove();
    }

    /** The file's own version stands before any other in it. */
    private static void rename(Path json, Version version) throws IOException {
        String text = Files.readString(json);
        Files.writeString(json, text.replaceFirst(VERSION, "\"version\" : \"" + version + "\""));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                Path copy = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(each, copy);
                }
            }
        }
    }

    /** Deletes a folder and all that is in it. */
    static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
