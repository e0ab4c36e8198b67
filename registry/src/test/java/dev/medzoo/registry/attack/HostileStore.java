package dev.medzoo.registry.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.ndarray.NDManager;
import dev.medzoo.registry.TinyCandidate;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.Manifest;
import dev.medzoo.zoo.artifact.ManifestEntry;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.store.FolderStore;
import dev.medzoo.zoo.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A store of one tiny version whose owner attacks whoever loads it: digests in manifest and index
 * agree with whatever the files are, unless an attack is on them.
 */
final class HostileStore {
    final Path root;
    final Path folder;
    private final Path index;

    /** A new store in a new folder below one. */
    HostileStore(Path below) throws Exception {
        root = Files.createTempDirectory(below, "store");
        folder = root.resolve("tiny/0.1.0");
        index = root.resolve("index.json");
        Path candidate = TinyCandidate.write(Files.createTempDirectory(below, "new"), "0.1.0");
        ArtifactContent content = ArtifactContent.ofCandidate(candidate);
        content.writeTo(folder);
        Files.writeString(
                index,
                """
                {"format": 1, "serial": 1, "artifacts": {"tiny": [
                    {"version": "0.1.0", "digest": "%s", "revoked": null}]},
                 "aliases": {"tiny": {"stable": "0.1.0"}}}
                """
                        .formatted(content.manifest().digest()));
    }

    /** Loads as every application does. */
    void load() throws Exception {
        load(new FolderStore(root));
    }

    static void load(Store store) throws Exception {
        try (NDManager manager = NDManager.newBaseManager()) {
            VerifiedStore.of(store)
                    .artifact(ModelReference.parse("tiny"))
                    .content()
                    .network(manager);
        }
    }

    Path file(String path) {
        return folder.resolve(path);
    }

    /** Changes the index. */
    HostileStore index(String good, String bad) throws Exception {
        Files.writeString(index, Files.readString(index).replace(good, bad));
        return this;
    }

    /** Changes the manifest, and the index with it. */
    HostileStore manifest(UnaryOperator<String> change) throws Exception {
        Path manifest = file("manifest.json");
        byte[] before = Files.readAllBytes(manifest);
        byte[] after = change.apply(new String(before, UTF_8)).getBytes(UTF_8);
        Files.write(manifest, after);
        return index(Sha256.digest(before), Sha256.digest(after));
    }

    HostileStore manifest(String good, String bad) throws Exception {
        return manifest(json -> json.replace(good, bad));
    }

    /** Changes a file, and manifest and index with it. */
    HostileStore bytes(String path, UnaryOperator<byte[]> change) throws Exception {
        byte[] before = Files.readAllBytes(file(path));
        byte[] after = change.apply(before.clone());
        Files.write(file(path), after);
        return manifest(entry(path, before), entry(path, after));
    }

    HostileStore text(String path, String good, String bad) throws Exception {
        return bytes(
                path, bytes -> new String(bytes, UTF_8).replaceFirst(good, bad).getBytes(UTF_8));
    }

    /** As a manifest writes it. */
    private static String entry(String path, byte[] bytes) {
        ManifestEntry entry = new ManifestEntry(path, bytes.length, Sha256.hex(bytes));
        String json = new String(new Manifest(1, List.of(entry)).toBytes(), UTF_8);
        return json.substring(json.indexOf("\"path\""), json.lastIndexOf('}', json.length() - 3));
    }
}
