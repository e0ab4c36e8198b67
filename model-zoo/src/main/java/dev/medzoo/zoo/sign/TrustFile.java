package dev.medzoo.zoo.sign;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.store.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code trust.json}: which signers are trusted for what. It belongs to the user who loads models,
 * never to a store.
 *
 * @param format of this record, {@value #FORMAT}
 * @param signers keys
 * @param authorities whose certificates are trusted
 */
public record TrustFile(int format, List<TrustedKey> signers, List<TrustedAuthority> authorities) {
    /** The current format. */
    public static final int FORMAT = 1;

    static final int LARGEST_BYTES = 1 << 20;

    public TrustFile {
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "format: %d (expected: %d)".formatted(format, FORMAT));
        }
        signers = List.copyOf(signers);
        authorities = List.copyOf(authorities);
    }

    /** A file that trusts keys only. */
    public static TrustFile of(TrustedKey... signers) {
        return new TrustFile(FORMAT, List.of(signers), List.of());
    }

    /**
     * Reads one.
     *
     * @throws MalformedModelException naming the value that is wrong, or when others can write it
     */
    public static TrustFile read(Path file) throws IOException, MalformedModelException {
        String fault = Files.exists(file) ? PrivateFiles.fault(file) : null;
        if (fault != null) {
            throw new MalformedModelException("trust: " + fault);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] json = in.readNBytes(LARGEST_BYTES + 1);
            if (json.length > LARGEST_BYTES) {
                throw new MalformedModelException(
                        "trust: more than %d bytes (expected: at most that) in %s"
                                .formatted(LARGEST_BYTES, file));
            }
            return parse(json, file.toString());
        }
    }

    static TrustFile parse(byte[] json, String where) throws MalformedModelException {
        return Json.read(json, TrustFile.class, "trust", where);
    }

    /** The bytes of {@code trust.json}. */
    public byte[] toBytes() {
        return Json.write(this);
    }

    Stream<TrustedParty> all() {
        return Stream.concat(signers.stream(), authorities.stream());
    }
}
