package dev.medzoo.zoo.sign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of a PEM text (RFC 7468). */
public final class Pem {
    public static final String PRIVATE_KEY = "PRIVATE KEY";
    static final String PUBLIC_KEY = "PUBLIC KEY";
    public static final String CERTIFICATE = "CERTIFICATE";

    private static final int LARGEST_BYTES = 64 << 10;
    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private final String label;
    private final byte[] der;

    /**
     * A block.
     *
     * @param label such as {@value #PUBLIC_KEY}
     * @param der what it holds
     */
    public Pem(String label, byte[] der) {
        this.label = label;
        this.der = der.clone();
    }

    /**
     * Reads the blocks of a text; what stands around them is passed over.
     *
     * @throws IllegalArgumentException when there is none, or one is not base64
     */
    public static List<Pem> parse(String text) {
        List<Pem> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            byte[] der = Base64.getDecoder().decode(block.group(2).replaceAll("\\s", ""));
            blocks.add(new Pem(block.group(1), der));
        }
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException(
                    "PEM: none (expected: a block that starts with -----BEGIN)");
        }
        return blocks;
    }

    /**
     * Reads the only block of a text.
     *
     * @throws IllegalArgumentException when there are others, or it has another label
     */
    static byte[] parse(String text, String label) {
        List<Pem> blocks = parse(text);
        if (blocks.size() != 1 || !blocks.get(0).label().equals(label)) {
            throw new IllegalArgumentException(
                    "PEM: %s (expected: one %s)"
                            .formatted(blocks.stream().map(Pem::label).toList(), label));
        }
        return blocks.get(0).der();
    }

    /** What kind of thing it says it is. */
    public String label() {
        return label;
    }

    /** What it holds. */
    public byte[] der() {
        return der.clone();
    }

    /** A file's text. */
    static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new IllegalArgumentException(
                        "PEM: more than %d bytes (expected: at most that) in %s"
                                .formatted(LARGEST_BYTES, file));
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /** The block as OpenSSL writes it: 64 characters a line, one line feed at the end. */
    @Override
    public String toString() {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, LINES.encodeToString(der), label);
    }
}
