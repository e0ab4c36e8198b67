package dev.medzoo.registry.oci;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ManifestEntry;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.format.PortablePath;
import dev.medzoo.zoo.format.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads one tar: first it spools what is there, then it works out what refers to what. */
final class OciReader {
    static final String LAYOUT = "oci-layout";
    static final String INDEX = "index.json";
    static final String BLOBS = "blobs/sha256/";

    private static final Set<String> FOLDERS = Set.of("blobs/", BLOBS);
    private static final Set<String> FILES = Set.of(LAYOUT, INDEX);
    private static final Pattern BLOB = Pattern.compile(BLOBS + "[0-9a-f]{64}");

    private final Limits limits;
    private final String where;
    private final Path spool;

    /** Content of {@code oci-layout} and {@code index.json}. */
    private final Map<String, byte[]> heads = new HashMap<>();

    /** Size of each blob by its digest. */
    private final Map<String, Integer> blobs = new HashMap<>();

    private final Set<String> referred = new HashSet<>();
    private final SortedMap<String, Path> files = new TreeMap<>();
    private long fileBytes;

    OciReader(Limits limits, String where, Path spool) {
        this.limits = limits;
        this.where = where;
        this.spool = spool;
    }

    SortedMap<String, Path> read(InputStream from) throws IOException, MalformedModelException {
        unpack(from);
        json(LAYOUT, head(LAYOUT), OciIndex.Layout.class);
        OciIndex index = json(INDEX, head(INDEX), OciIndex.class);
        Set<String> names = new HashSet<>();
        for (Descriptor listed : index.manifests()) {
            String name = name(listed);
            check(names.add(name), "ref.name", name, "distinct names");
            follow(listed, name);
        }
        check(names.contains(StoreFiles.REF_NAME), StoreFiles.REF_NAME, "absent", "a manifest");
        Set<String> alone = new TreeSet<>(blobs.keySet());
        alone.removeAll(referred);
        check(alone.isEmpty(), BLOBS, alone.toString(), "only blobs that a manifest refers to");
        return files;
    }

    private void unpack(InputStream from) throws IOException, MalformedModelException {
        UstarReader tar = new UstarReader(from, limits, where);
        Set<String> seen = new HashSet<>();
        for (UstarReader.Entry entry = tar.next(); entry != null; entry = tar.next()) {
            String name = entry.name();
            check(seen.add(name), name, "twice", "once");
            if (BLOB.matcher(name).matches()) {
                spool(name.substring(BLOBS.length()), tar.content(entry));
            } else if (FILES.contains(name)) {
                heads.put(name, tar.content(entry));
            } else {
                check(FOLDERS.contains(name), name, "not part of an OCI layout", layoutNames());
            }
        }
    }

    private static String layoutNames() {
        return "%s, %s or %s<SHA-256>".formatted(LAYOUT, INDEX, BLOBS);
    }

    private void spool(String sha256, byte[] bytes) throws IOException, MalformedModelException {
        String seen = Sha256.hex(bytes);
        check(seen.equals(sha256), BLOBS + sha256, "sha256 " + seen, "the digest in its name");
        Files.write(spool.resolve(sha256), bytes);
        blobs.put(sha256, bytes.length);
    }

    private byte[] head(String name) throws MalformedModelException {
        byte[] json = heads.get(name);
        if (json == null) {
            throw refusal(name, "absent", "a file");
        }
        return json;
    }

    private String name(Descriptor listed) throws MalformedModelException {
        try {
            OciIndex.check(2, listed.mediaType(), MediaTypes.MANIFEST);
            return listed.annotation(Descriptor.REF_NAME);
        } catch (IllegalArgumentException e) {
            throw refused(INDEX, e);
        }
    }

    private void follow(Descriptor listed, String name)
            throws IOException, MalformedModelException {
        Path blob = blob(listed);
        OciManifest manifest = json(BLOBS + blob.getFileName(), Files.readAllBytes(blob));
        String type = manifest.artifactType();
        check(type.equals(listed.artifactType()), "artifactType", type, "as the index says");
        blob(manifest.config());
        Map<String, Descriptor> layers = new HashMap<>();
        for (Descriptor layer : manifest.layers()) {
            String title = title(layer);
            check(layers.put(title, layer) == null, title, "twice", "once");
            blob(layer);
            // A blob may be many files: what it becomes is bounded too.
            fileBytes += layer.size();
            check(
                    fileBytes <= limits.totalBytes(),
                    title,
                    "too large in total",
                    "at most " + limits);
        }
        String folder = folder(name, type, layers);
        layers.forEach((title, layer) -> files.put(folder + title, spool.resolve(layer.sha256())));
    }

    /** The folder of a version, or nothing for the store itself. */
    private String folder(String name, String type, Map<String, Descriptor> layers)
            throws MalformedModelException {
        try {
            PortablePath.checkDistinct(layers.keySet());
            if (name.equals(StoreFiles.REF_NAME)) {
                check(type.equals(MediaTypes.STORE), "artifactType", type, MediaTypes.STORE);
                StoreFiles.check(layers);
                return "";
            }
            check(type.equals(MediaTypes.ARTIFACT), "artifactType", type, MediaTypes.ARTIFACT);
            boolean hasManifest = layers.containsKey(ArtifactFiles.MANIFEST);
            check(hasManifest, ArtifactFiles.MANIFEST + " of " + name, "absent", "a layer");
            ModelReference version = OciTar.reference(name);
            return version + "/";
        } catch (IllegalArgumentException e) {
            throw refused(name, e);
        }
    }

    private String title(Descriptor layer) throws MalformedModelException {
        try {
            String title = layer.annotation(Descriptor.TITLE);
            String path = new ManifestEntry(title, layer.size(), layer.sha256()).path();
            String type = MediaTypes.of(path);
            check(type.equals(layer.mediaType()), path, layer.mediaType(), type);
            return path;
        } catch (IllegalArgumentException e) {
            throw refused("layer", e);
        }
    }

    private Path blob(Descriptor descriptor) throws MalformedModelException {
        String sha256 = descriptor.sha256();
        int size = blobs.getOrDefault(sha256, -1);
        String expected = descriptor.size() + " bytes";
        check(size >= 0, BLOBS + sha256, "absent", expected);
        check(size == descriptor.size(), BLOBS + sha256, size + " bytes", expected);
        referred.add(sha256);
        return spool.resolve(sha256);
    }

    private OciManifest json(String file, byte[] bytes) throws MalformedModelException {
        return json(file, bytes, OciManifest.class);
    }

    private <T> T json(String file, byte[] bytes, Class<T> type) throws MalformedModelException {
        return Json.read(bytes, type, file, where);
    }

    private void check(boolean holds, String name, String seen, String expected)
            throws MalformedModelException {
        if (!holds) {
            throw refusal(name, seen, expected);
        }
    }

    private MalformedModelException refusal(String name, String seen, String expected) {
        return new MalformedModelException(
                "%s: %s (expected: %s) in %s".formatted(name, seen, expected, where));
    }

    private MalformedModelException refused(String name, IllegalArgumentException e) {
        return new MalformedModelException(
                "%s: %s in %s".formatted(name, e.getMessage(), where), e);
    }
}
