package dev.medzoo.serving.audit;

import dev.medzoo.zoo.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of an audit log. Three keys are derived from the key file, one per purpose: the MAC
 * chain, the hashes of inputs, and the key id.
 */
public final class AuditKey {
    private static final String HMAC = "HmacSHA256";
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("(?:[0-9a-f]{2}){32,64}\\n?");
    private static final int ID_DIGITS = 16;

    private final SecretKeySpec chain;
    private final SecretKeySpec input;
    private final String id;

    private AuditKey(byte[] secret) {
        SecretKeySpec root = new SecretKeySpec(secret, HMAC);
        this.chain = new SecretKeySpec(derive(root, "medzoo audit chain 1"), HMAC);
        this.input = new SecretKeySpec(derive(root, "medzoo audit input 1"), HMAC);
        this.id = hex(derive(root, "medzoo audit key id 1")).substring(0, ID_DIGITS);
    }

    /**
     * Generates a key of 32 random bytes and writes it to a new file with owner-only access.
     *
     * @throws FileAlreadyExistsException when the file exists
     */
    public static AuditKey create(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        ByteBuffer text = ByteBuffer.wrap((hex(secret) + "\n").getBytes(StandardCharsets.US_ASCII));
        try (FileChannel channel =
                PrivateFiles.open(
                        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        return new AuditKey(secret);
    }

    /**
     * Reads a key.
     *
     * @param file one line of 64 to 128 lower-case hexadecimal digits, an even number of them
     * @throws IOException when the content is malformed, or when others can read, write, own or
     *     replace the file; the message never contains the file's content
     */
    public static AuditKey read(Path file) throws IOException {
        String fault = PrivateFiles.secretFault(file);
        if (fault != null) {
            throw new IOException("key file: " + fault);
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (!FORM.matcher(text).matches()) {
            throw new IOException(
                    "key file: %d characters (expected: one line of 64 to 128 lower-case hexadecimal digits, as of medzoo audit key) in %s"
                            .formatted(text.length(), file));
        }
        return new AuditKey(HexFormat.of().parseHex(text.strip()));
    }

    /** Key id of 16 hexadecimal digits. It reveals nothing about the key. */
    public String id() {
        return id;
    }

    /**
     * Hashes an input. Takes time linear in its length.
     *
     * @param pieces of the input in their order; where one ends and the next begins makes no
     *     difference, and their positions stay
     */
    public InputHash hash(ByteBuffer... pieces) {
        Mac mac = mac(input);
        for (ByteBuffer piece : pieces) {
            mac.update(piece.duplicate());
        }
        return new InputHash(hex(mac.doFinal()));
    }

    /** A new MAC of the chain, for one thread. */
    Mac chain() {
        return mac(chain);
    }

    private static byte[] derive(SecretKeySpec root, String purpose) {
        return mac(root).doFinal(purpose.getBytes(StandardCharsets.US_ASCII));
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HMAC-SHA256", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
