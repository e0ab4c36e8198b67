package dev.medzoo.zoo.store;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of one artifact, as a store of that artifact alone, which is stable. It has an index
 * only in memory, made anew at each read. Nobody signs that index and nothing remembers it: with a
 * trust file the artifact's own signature is required. Nothing tells of a revocation.
 */
public final class ArtifactStore implements Store {
    /** How a location begins that names such a folder. */
    public static final String PREFIX = "artifact:";

    private static final int MOST_BYTES = 4 << 20;

    private static final Pattern NAME = Pattern.compile("\"name\"\\s*:\\s*\"([a-z0-9-]{1,64})\"");
    private static final Pattern VERSION =
            Pattern.compile("\"version\"\\s*:\\s*\"([0-9]+\\.[0-9]+\\.[0-9]+)\"");

    private static final String INDEX_FORMAT =
            """
            {
              "format" : 2,
              "serial" : 0,
              "issued" : "1970-01-01T00:00:00Z",
              "expires" : null,
              "history" : null,
              "artifacts" : {
                "%1$s" : [
                  {
                    "version" : "%2$s",
                    "digest" : "%3$s",
                    "deprecated" : null,
                    "revoked" : null
                  }
                ]
              },
              "aliases" : {
                "%1$s" : {
                  "stable" : "%2$s"
                }
              }
            }
            """;

    private final FolderStore folder;

    ArtifactStore(Path folder) {
        this.folder = new FolderStore(folder);
    }

    /** The folder, absolute. */
    public Path root() {
        return folder.root();
    }

    @Override
    public byte[] read(String path, int maxBytes) throws IOException, MalformedModelException {
        if (path.equals(INDEX)) {
            return index();
        }
        String[] parts = path.split("/", 3);
        if (parts.length < 3) {
            throw new FileNotFoundException(
                    "%s: absent (expected: the files of one artifact) in %s".formatted(path, this));
        }
        return folder.read(parts[2], maxBytes);
    }

    /** The loader holds what this says against the whole artifact, so two fields are enough. */
    private byte[] index() throws IOException, MalformedModelException {
        String artifact =
                new String(folder.read("artifact.json", MOST_BYTES), StandardCharsets.UTF_8);
        String digest = Sha256.digest(folder.read("manifest.json", MOST_BYTES));
        return INDEX_FORMAT
                .formatted(field(NAME, artifact), field(VERSION, artifact), digest)
                .getBytes(StandardCharsets.UTF_8);
    }

    private String field(Pattern pattern, String artifact) throws MalformedModelException {
        Matcher matcher = pattern.matcher(artifact);
        if (matcher.find()) {
            return matcher.group(1);
        }
        throw new MalformedModelException(
                "artifact.json: no name and version (expected: both) in %s".formatted(this));
    }

    @Override
    public Optional<Set<String>> list(String path) throws IOException {
        String[] parts = path.split("/", 3);
        return folder.list(parts.length < 3 ? "" : parts[2]);
    }

    @Override
    public String toString() {
        return PREFIX + folder;
    }
}
