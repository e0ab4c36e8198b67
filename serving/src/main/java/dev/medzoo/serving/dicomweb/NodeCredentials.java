package dev.medzoo.serving.dicomweb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.medzoo.serving.dicomweb.NodeException.Remedy;
import dev.medzoo.zoo.store.HttpCredentials;
import dev.medzoo.zoo.store.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Credentials for the DICOMweb server: the token of a file, or the netrc entry for the server's
 * host, or none.
 */
final class NodeCredentials implements Connection.Credentials {
    private static final String SETTING = "dicomweb_token_file";
    private static final int MOST_BYTES = 64 << 10;

    private final URI root;
    private final @Nullable Path tokenFile;

    NodeCredentials(URI root, @Nullable Path tokenFile) {
        this.root = root;
        this.tokenFile = tokenFile;
    }

    /** Read again for each request, since tokens are rotated. */
    @Override
    public Optional<String> header() throws NodeException {
        try {
            return read().map(HttpCredentials::header);
        } catch (IOException | IllegalArgumentException e) {
            throw new NodeException(Remedy.WAIT, String.valueOf(e.getMessage()), Duration.ZERO, e);
        }
    }

    /**
     * Checks the configured source.
     *
     * @throws IOException when it is unreadable, or readable by others
     */
    Optional<String> source() throws IOException {
        return read().map(HttpCredentials::source);
    }

    private Optional<HttpCredentials> read() throws IOException {
        if (tokenFile == null) {
            return HttpCredentials.ofNetrc(root);
        }
        if (!Files.isRegularFile(tokenFile)) {
            throw new IOException("%s: %s (expected: a file)".formatted(SETTING, tokenFile));
        }
        String fault = PrivateFiles.secretFault(tokenFile);
        if (fault != null) {
            throw new IOException(SETTING + ": " + fault);
        }
        try (InputStream in = Files.newInputStream(tokenFile)) {
            String token = new String(in.readNBytes(MOST_BYTES), UTF_8).strip();
            return Optional.of(HttpCredentials.bearer(token, SETTING));
        }
    }
}
