package dev.medzoo.zoo.sign;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.medzoo.zoo.format.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder with files like an artifact's.
 *
 * @param path of the folder
 */
record ModelFolder(Path path) {
    /** Draws a few small files. */
    static ModelFolder in(Path parent) throws IOException {
        Path path = Files.createDirectories(parent.resolve("tiny"));
        Files.createDirectory(path.resolve("golden"));
        for (String file :
                List.of("artifact.json", "manifest.json", "golden/0.png", "golden.txt")) {
            Files.write(path.resolve(file), ("drawn " + file).getBytes(UTF_8));
        }
        Files.write(path.resolve("tiny-0000.params"), new byte[70_000]);
        Files.createFile(path.resolve("synset.txt"));
        return new ModelFolder(path);
    }

    /** What every file but the signature is. */
    SortedMap<String, String> sha256ByPath() throws IOException {
        SortedMap<String, String> digests = new TreeMap<>();
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                digests.put(path.relativize(file).toString(), Sha256.hex(Files.readAllBytes(file)));
            }
        }
        digests.remove(ModelSignature.FILE);
        return digests;
    }

    Path signature() {
        return path.resolve(ModelSignature.FILE);
    }

    /** Signs it, and gives the bundle too. */
    byte[] sign(SigningKey key) throws IOException {
        byte[] bundle = ModelSignature.sign("tiny", sha256ByPath(), key);
        Files.write(signature(), bundle);
        return bundle;
    }

    OmsVerifier verifier() {
        return new OmsVerifier(path, signature());
    }
}
