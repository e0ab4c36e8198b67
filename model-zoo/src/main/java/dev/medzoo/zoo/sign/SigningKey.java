package dev.medzoo.zoo.sign;

import dev.medzoo.zoo.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What signs: a private key on P-256, by itself or with the certificates that vouch for it. */
public final class SigningKey {
    /** What the public half's file is called: the private one's name and this. */
    public static final String PUBLIC_SUFFIX = ".pub";

    private final KeyPair pair;
    private final @Nullable CertificateChain chain;

    private SigningKey(KeyPair pair, @Nullable CertificateChain chain) {
        this.pair = pair;
        this.chain = chain;
    }

    /** A new key. */
    public static SigningKey generate() {
        return new SigningKey(P256.generate(), null);
    }

    /**
     * Reads a private key.
     *
     * @param file PEM of PKCS #8, not encrypted, with its public key in it
     * @throws IOException when anyone may read it, or when others own it, may write it or put
     *     another in its place
     * @throws IllegalArgumentException for a key of another kind
     */
    public static SigningKey read(Path file) throws IOException {
        String fault = PrivateFiles.secretFault(file);
        if (fault != null) {
            throw new IOException("key: " + fault);
        }
        String pem = Pem.text(file);
        return FileErrors.file(
                file, () -> new SigningKey(P256.keyPair(Pem.parse(pem, Pem.PRIVATE_KEY)), null));
    }

    /**
     * Reads a private key and the certificates that vouch for it.
     *
     * @param certificates PEM: that of the key first, then each that signed the one before; the
     *     root may be left out
     * @throws IllegalArgumentException for a key of another kind or a certificate of another key
     */
    public static SigningKey read(Path file, Path certificates) throws IOException {
        KeyPair pair = read(file).pair;
        String pem = Pem.text(certificates);
        CertificateChain chain = FileErrors.file(certificates, () -> CertificateChain.parse(pem));
        if (!chain.key().equals(pair.getPublic())) {
            throw new IllegalArgumentException(
                    "certificate: of key %s (expected: %s, that of %s) in %s"
                            .formatted(
                                    P256.keyId(chain.key()),
                                    P256.keyId(pair.getPublic()),
                                    file,
                                    certificates));
        }
        return new SigningKey(pair, chain);
    }

    /**
     * Writes both halves, the private one readable by its owner only.
     *
     * @throws FileAlreadyExistsException when either is there already
     */
    public void write(Path file) throws IOException {
        Path publicFile = Path.of(file + PUBLIC_SUFFIX);
        if (Files.exists(publicFile)) {
            throw new FileAlreadyExistsException(publicFile.toString());
        }
        create(file, new Pem(Pem.PRIVATE_KEY, P256.toDer(pair)).toString(), "rw-------");
        create(publicFile, publicPem(), "rw-r--r--");
    }

    /** {@code sha256:<hex>} of the public key's PEM text. */
    public String keyId() {
        return P256.keyId(pair.getPublic());
    }

    /** The public half, as PEM. */
    public String publicPem() {
        return P256.pem(pair.getPublic());
    }

    byte[] sign(byte[] message) {
        return P256.sign(pair.getPrivate(), message);
    }

    /** What a bundle says of this key. */
    VerificationMaterial material() {
        return chain == null
                ? VerificationMaterial.ofKey(keyId())
                : VerificationMaterial.ofChain(chain);
    }

    private static void create(Path file, String text, String permissions) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes =
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString(permissions))
                        }
                        : new FileAttribute<?>[0];
        try (SeekableByteChannel channel =
                Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
