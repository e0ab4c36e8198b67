package dev.medzoo.registry;

import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.sign.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Stores of tiny models, for tests of what happens to them. */
final class TinyStore {
    static final Maintainer ANN =
            new Maintainer("Ann", SigningKey.generate(), Duration.ofDays(30), Clock.systemUTC());

    private TinyStore() {}

    static Registry registry(Path store) {
        return new Registry(new WritableFolderStore(store), ANN);
    }

    static ArtifactContent candidate(Path folder, String version) throws Exception {
        return ArtifactContent.ofCandidate(
                TinyCandidate.write(Files.createDirectories(folder.resolve(version)), version));
    }

    /** Versions 0.1.0 (stable before) and 0.2.0 (stable) of tiny, made in a folder of one's own. */
    static Path twoVersions(Path folder) throws Exception {
        Path store = folder.resolve("store");
        Registry registry = registry(store);
        for (String version : new String[] {"0.1.0", "0.2.0"}) {
            registry.publish(candidate(folder.resolve("candidates"), version));
            registry.promote(tiny(version), ModelReference.STABLE, "a test");
        }
        return store;
    }

    /** A candidate of version 0.3.0. */
    static Path third(Path folder) throws Exception {
        Path candidate = folder.resolve("candidates/0.3.0");
        return TinyCandidate.write(Files.createDirectories(candidate), "0.3.0");
    }

    /** A copy of a store that has a candidate's version too. */
    static Path newer(Path folder, Path base, Path candidate) throws Exception {
        Path newer = folder.resolve("newer");
        copy(base, newer);
        StoreProgram.run("publish", newer, candidate, new DurableWrites());
        return newer;
    }

    static ModelReference tiny(String version) {
        return ModelReference.parse("tiny/" + version);
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    /** Every file below a folder but the lock, path to content. */
    static SortedMap<String, String> files(Path folder) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        if (!Files.exists(folder)) {
            return files;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                String name = folder.relativize(path).toString();
                if (Files.isDirectory(path)) {
                    files.put(name + "/", "");
                } else if (!name.equals(".lock")) {
                    files.put(
                            name,
                            Files.readString(path, java.nio.charset.StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }
}
