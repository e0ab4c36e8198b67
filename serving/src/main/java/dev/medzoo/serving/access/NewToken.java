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

/** A token that was just drawn. This is the only moment at which its secret is known here. */
public final class NewToken {
    private static final String PREFIX = "mz_";
    private static final int BYTES = 32;

    /** The prefix, so that it is known for what it is where it leaks, and 256 bits in base64url. */
    static final Pattern SHAPE = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

    private final String secret;
    private final TokenEntry entry;

    private NewToken(String secret, TokenEntry entry) {
        this.secret = secret;
        this.entry = entry;
    }

    /**
     * Draws one.
     *
     * @param id of whoever gets it
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

    /** What the server's file of tokens says of it, without a line feed. */
    public String line() {
        return entry.toString();
    }

    /**
     * Writes the line behind those of a file, which is made for its owner alone when it is not
     * there.
     *
     * @throws TokensException when the file is broken, has a token of that id, or others can write
     *     it
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
