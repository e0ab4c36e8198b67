package dev.medzoo.registry.oci;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.Manifest;
import dev.medzoo.zoo.artifact.ManifestEntry;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes one tar: first it works out what refers to what, then it copies. */
final class OciWriter {
    private static final Comparator<IndexEntry> ORDER =
            Comparator.comparing(IndexEntry::name).thenComparing(IndexEntry::version);

    private final Store source;
    private final SortedSet<String> beside;
    private final SortedMap<String, Content> blobs = new TreeMap<>();

    /** Where a blob's bytes come from, when their turn comes. */
    private interface Content {
        byte[] read() throws IOException, MalformedModelException;
    }

    OciWriter(Store source, Collection<String> beside) {
        this.source = source;
        this.beside = new TreeSet<>(beside);
    }

    void write(byte[] index, Collection<IndexEntry> versions, OutputStream to)
            throws IOException, MalformedModelException {
        keep(Descriptor.nothing());
        SortedSet<IndexEntry> sorted = new TreeSet<>(ORDER);
        sorted.addAll(versions);
        List<Descriptor> manifests = new ArrayList<>();
        for (IndexEntry version : sorted) {
            manifests.add(version(version));
        }
        manifests.add(store(index));
        byte[] layout = Json.write(new OciIndex.Layout(OciIndex.Layout.VERSION));

        TarArchiveOutputStream tar = new TarArchiveOutputStream(to);
        put(tar, OciReader.LAYOUT, layout);
        put(tar, OciReader.INDEX, Json.write(OciIndex.of(manifests)));
        for (Map.Entry<String, Content> blob : blobs.entrySet()) {
            put(tar, OciReader.BLOBS + blob.getKey(), blob.getValue().read());
        }
        tar.finish();
        to.flush();
    }

    private Descriptor version(IndexEntry entry) throws IOException, MalformedModelException {
        String folder = entry.folder() + "/";
        byte[] json = source.read(folder + ArtifactFiles.MANIFEST, Manifest.LARGEST_BYTES);
        check(ArtifactFiles.MANIFEST, Sha256.digest(json), entry.digest(), entry.folder());
        SortedMap<String, Descriptor> layers = new TreeMap<>();
        for (ManifestEntry file : Manifest.parse(json, entry.folder()).files()) {
            layers.put(file.path(), copied(file, folder));
        }
        layers.put(ArtifactFiles.MANIFEST, layer(ArtifactFiles.MANIFEST, json));
        for (String path : new TreeSet<>(beside)) {
            if (path.startsWith(folder)) {
                String title = path.substring(folder.length());
                layers.put(title, layer(title, read(path)));
                beside.remove(path);
            }
        }
        String name = OciTar.refName(entry.name(), entry.version());
        return manifest(MediaTypes.ARTIFACT, name, layers);
    }

    private Descriptor store(byte[] index) throws IOException, MalformedModelException {
        SortedMap<String, Descriptor> layers = new TreeMap<>();
        layers.put(StoreIndex.FILE, layer(StoreIndex.FILE, index));
        for (String path : beside) {
            StoreFiles.checkForm(path);
            layers.put(path, layer(path, read(path)));
        }
        StoreFiles.check(layers);
        return manifest(MediaTypes.STORE, StoreFiles.REF_NAME, layers);
    }

    private Descriptor manifest(
            String artifactType, String refName, SortedMap<String, Descriptor> layers) {
        byte[] json = Json.write(OciManifest.of(artifactType, List.copyOf(layers.values())));
        keep(json);
        return Descriptor.manifest(artifactType, refName, json);
    }

    private Descriptor copied(ManifestEntry file, String folder) {
        String path = folder + file.path();
        blobs.put(
                file.sha256(),
                () -> {
                    byte[] bytes = read(path);
                    check(path, Sha256.hex(bytes), file.sha256(), source.toString());
                    return bytes;
                });
        return Descriptor.layer(file.path(), file.sha256(), file.size());
    }

    private Descriptor layer(String title, byte[] bytes) {
        keep(bytes);
        return Descriptor.layer(title, Sha256.hex(bytes), bytes.length);
    }

    private void keep(byte[] bytes) {
        blobs.put(Sha256.hex(bytes), () -> bytes);
    }

    private byte[] read(String path) throws IOException, MalformedModelException {
        return source.read(path, ArtifactFiles.LARGEST_FILE_BYTES);
    }

    private static void check(String path, String seen, String expected, String where)
            throws MalformedModelException {
        if (!seen.equals(expected)) {
            throw new MalformedModelException(
                    "%s: %s (expected: %s) in %s".formatted(path, seen, expected, where));
        }
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] bytes)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setModTime(0);
        entry.setMode(0644);
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }
}
