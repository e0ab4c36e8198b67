package dev.medzoo.serving;

import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.index.StoreIndex.Published;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A store of {@linkplain SmallModel small} artifacts: in other versions, and with numbers in their
 * {@code serving.properties}. The first version of a name is stable.
 */
final class MadeStore {
    private static final Version ORIGINAL = SmallModel.VERSION;

    private final Path root;
    private final SortedMap<String, List<Published>> artifacts = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Version>> aliases = new TreeMap<>();
    private long serial;

    /**
     * @param root an empty folder
     */
    MadeStore(Path root) {
        this.root = root;
    }

    /** Makes a version, with more lines in its {@code serving.properties}. */
    MadeStore add(String name, String version, String... properties) throws Exception {
        Path candidate = Files.createTempDirectory(root, "candidate");
        files(name, version, String.join("\n", properties))
                .forEach((path, bytes) -> write(candidate.resolve(path), bytes));
        ArtifactContent content = ArtifactContent.ofCandidate(candidate);
        content.writeTo(root.resolve(name + "/" + version));
        return list(name, version, content.manifest().digest());
    }

    private static Map<String, byte[]> files(String name, String version, String properties)
            throws Exception {
        Map<String, byte[]> files = new TreeMap<>(SmallModel.files(name));
        for (String path : List.of(ArtifactFiles.ARTIFACT, ArtifactFiles.CARD)) {
            files.computeIfPresent(
                    path,
                    (key, bytes) ->
                            bytes(
                                    text(bytes)
                                            .replaceFirst(
                                                    "\"version\" : \"" + ORIGINAL,
                                                    "\"version\" : \"" + version)));
        }
        files.computeIfPresent(
                ArtifactFiles.SERVING_PROPERTIES,
                (key, bytes) -> bytes(text(bytes) + properties + "\n"));
        return files;
    }

    /** Lists a version that has no files. */
    MadeStore promise(String name, String version) {
        return list(name, version, Sha256.digest(bytes(name + version)));
    }

    private MadeStore list(String name, String version, String digest) {
        List<Published> all = new ArrayList<>(artifacts.getOrDefault(name, List.of()));
        all.add(new Published(Version.parse(version), digest));
        artifacts.put(name, all);
        return all.size() == 1 ? alias(name, ModelReference.STABLE, version) : this;
    }

    /** Points an alias to a version. */
    MadeStore alias(String name, String alias, String version) {
        SortedMap<String, Version> pointers =
                new TreeMap<>(aliases.getOrDefault(name, new TreeMap<>()));
        pointers.put(alias, Version.parse(version));
        aliases.put(name, pointers);
        return this;
    }

    /** Writes the index of all that was made. */
    MadeStore write() throws Exception {
        serial++;
        StoreIndex index =
                new StoreIndex(
                        StoreIndex.FORMAT, serial, Instant.EPOCH, null, null, artifacts, aliases);
        write(root.resolve(StoreIndex.FILE), index.toBytes());
        return this;
    }

    /** Every file there is, with its digest. */
    SortedMap<String, String> digests() throws Exception {
        SortedMap<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(file.toString(), Sha256.hex(Files.readAllBytes(file)));
            }
        }
        return digests;
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
