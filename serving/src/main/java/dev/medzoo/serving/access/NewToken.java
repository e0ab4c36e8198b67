package dev.medzoo.serving.access;

import dev.medzoo.zoo.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/** A newly generated token. Its secret is not stored and is only known now. */
public final class NewToken {
    private static final String PREFIX = "mz_";
    private static final int BYTES = 32;

    /** A prefix, by which scanners recognise leaked tokens, and 256 random bits in base64url. */
    static final Pattern SHAPE = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

    private final String secret;
    private final TokenEntry entry;

    private NewToken(String secret, TokenEntry entry) {
        this.secret = secret;
        this.entry = entry;
    }

    /**
     * Generates a token.
     *
     * @param id of the client
     * @param roles at least one
     * @throws IllegalArgumentException for an id that {@link Caller} refuses, or for no role
     */
    public static NewToken draw(String id, Set<Role> roles) {
        Caller caller = new Caller(id, roles);
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        return new NewToken(secret, TokenEntry.of(caller, secret));
    }

    /** What the caller sends after {@code Bearer}. */
    public String secret() {
        return secret;
    }

    /** The line for the server's tokens file, without a line feed. */
    public String line() {
        return entry.toString();
    }

    /**
     * Appends the line to a tokens file. A new file is created readable by its owner only.
     *
     * @throws TokensException when the file is malformed, has a token with that id, or is writable
     *     by others
     */
    public void appendTo(Path file) throws IOException, TokensException {
        TokensReader.refuseShared(file);
        String before = Files.exists(file) ? TokensReader.text(file) : "";
        String gap = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
        String added = gap + line() + "\n";
        TokensReader.parse(before + added, file);
        try (FileChannel out =
                PrivateFiles.open(
                        file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(added);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }

    /** Without the secret, which belongs in no log. */
    @Override
    public String toString() {
        return line();
    }
}
