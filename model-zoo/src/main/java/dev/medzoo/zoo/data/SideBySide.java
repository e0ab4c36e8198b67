package dev.medzoo.zoo.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.util.Utils;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** Folders of links to other folders; the same links are the same folder, which never changes. */
final class SideBySide {
    private SideBySide() {}

    static Path of(Path parent, Map<String, Path> folders) throws IOException {
        Map<String, Path> sorted = new TreeMap<>();
        folders.forEach((name, folder) -> sorted.put(name, folder.toAbsolutePath().normalize()));
        Path together = parent.resolve(Sha256.hex(sorted.toString().getBytes(UTF_8)));
        if (Files.isDirectory(together)) {
            return together;
        }
        Path fresh = Files.createTempDirectory(PrivateFiles.makeFolders(parent), "");
        try {
            for (Map.Entry<String, Path> each : sorted.entrySet()) {
                Files.createSymbolicLink(fresh.resolve(each.getKey()), each.getValue());
            }
            Files.move(fresh, together, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another process may have been faster.
            if (!Files.isDirectory(together)) {
                throw e;
            }
        } finally {
            Utils.deleteQuietly(fresh);
        }
        return together;
    }
}
