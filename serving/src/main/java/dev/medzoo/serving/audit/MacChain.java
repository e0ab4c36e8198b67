package dev.medzoo.serving.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Writes and verifies lines. A line is one JSON object whose last two fields are {@code prev}, the
 * MAC of the previous line, and {@code mac}, computed over the bytes of the object without {@code
 * mac}. Verification compares bytes and never serialises JSON again, so each line has exactly one
 * valid form. Not thread-safe.
 */
final class MacChain {
    /** Maximum length of a line; the longest event has a third of it. */
    static final int MOST_BYTES = 16 << 10;

    private static final String BEFORE_MAC = ",\"mac\":\"";
    private static final String AFTER_MAC = "\"}";
    private static final int MAC_DIGITS = 64;
    private static final int SEAL_BYTES = BEFORE_MAC.length() + MAC_DIGITS + AFTER_MAC.length();
    private static final JsonMapper JSON = new JsonMapper();

    private final Mac mac;

    MacChain(AuditKey key) {
        this.mac = key.chain();
    }

    /**
     * A valid line of this key.
     *
     * @param link its own number and MAC
     * @param prev the MAC of the line before
     * @param fields all of it
     */
    record Line(ChainLink link, String prev, JsonNode fields) {
        String kind() {
            return fields.path("kind").asText();
        }
    }

    /**
     * Writes the line that follows another.
     *
     * @param fields between its number and its MACs, in their order
     * @return without a line break
     */
    String line(ChainLink last, Map<String, Object> fields) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("seq", last.seq() + 1);
        all.putAll(fields);
        all.put("prev", last.mac());
        try {
            String open = JSON.writeValueAsString(all);
            String seal = mac(open.getBytes(StandardCharsets.UTF_8));
            return open.substring(0, open.length() - 1) + BEFORE_MAC + seal + AFTER_MAC;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number and MAC of a line that {@link #line} made. */
    static ChainLink linkOf(ChainLink last, String line) {
        int end = line.length() - AFTER_MAC.length();
        return new ChainLink(last.seq() + 1, line.substring(end - MAC_DIGITS, end));
    }

    /**
     * Reads a line.
     *
     * @param bytes without the line break
     * @return null when it is not a valid line of this key
     */
    @Nullable Line read(byte[] bytes) {
        int sealed = bytes.length - SEAL_BYTES;
        if (sealed < 0) {
            return null;
        }
        byte[] open = Arrays.copyOf(bytes, sealed + 1);
        open[sealed] = '}';
        String seal = mac(open);
        byte[] expected = (BEFORE_MAC + seal + AFTER_MAC).getBytes(StandardCharsets.US_ASCII);
        byte[] seen = Arrays.copyOfRange(bytes, sealed, bytes.length);
        return MessageDigest.isEqual(expected, seen) ? parsed(open, seal) : null;
    }

    private static @Nullable Line parsed(byte[] open, String seal) {
        try {
            JsonNode fields = JSON.readTree(open);
            ChainLink link = new ChainLink(fields.path("seq").asLong(), seal);
            return new Line(link, fields.path("prev").asText(), fields);
        } catch (IOException e) {
            return null;
        }
    }

    private String mac(byte[] bytes) {
        return HexFormat.of().formatHex(mac.doFinal(bytes));
    }
}
