package dev.medzoo.registry.oci;

import dev.medzoo.registry.TinyCandidate;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.store.FolderStore;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A store of one version, with a signature and a history, and its tar. */
public final class TinyStore {
    final Path root;
    final FolderStore store;
    final byte[] index;
    final IndexEntry version;
    final List<String> beside;

    public TinyStore(Path root) throws Exception {
        this.root = root;
        Path candidate = TinyCandidate.write(Files.createDirectories(root.resolve("c")), "0.1.0");
        ArtifactContent content = ArtifactContent.ofCandidate(candidate);
        content.writeTo(root.resolve("tiny/0.1.0"));
        Files.writeString(root.resolve("tiny/0.1.0/model.sig"), "{}");
        String digest = content.manifest().digest();
        version = new IndexEntry("tiny", Version.parse("0.1.0"), digest);
        index =
                """
                {"format": 1, "serial": 1, "artifacts": {"tiny": [
                    {"version": "0.1.0", "digest": "%s", "revoked": null}]},
                 "aliases": {"tiny": {"stable": "0.1.0"}}}
                """
                        .formatted(digest)
                        .getBytes(StandardCharsets.UTF_8);
        Files.write(root.resolve("index.json"), index);
        byte[] change = "{\"serial\": 1}".getBytes(StandardCharsets.UTF_8);
        String history = "history/" + Sha256.hex(change) + ".json";
        String signature = "signatures/" + Sha256.hex(index) + ".json";
        write(history, change);
        write(signature, "{}".getBytes(StandardCharsets.UTF_8));
        beside = List.of(signature, history, "tiny/0.1.0/model.sig");
        store = new FolderStore(root);
    }

    private void write(String path, byte[] bytes) throws Exception {
        Files.createDirectories(root.resolve(path).getParent());
        Files.write(root.resolve(path), bytes);
    }

    public byte[] tar() throws Exception {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        OciTar.write(store, index, List.of(version), beside, tar);
        return tar.toByteArray();
    }
}
