package dev.medzoo.serving.dicomweb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.CRC32C;

/** One line of a journal: the CRC-32C of a JSON text in eight hexadecimal digits, and that text. */
final class JournalLine {
    private static final int CHECKSUM_LENGTH = 8;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JournalLine() {}

    /** The bytes of a line, its line break too. */
    static byte[] of(Object value) {
        try {
            String json = MAPPER.writeValueAsString(value);
            return "%s %s%n".replace("%n", "\n").formatted(checksum(json), json).getBytes(UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Parses a line.
     *
     * @param line without its line break
     * @return empty when its checksum is wrong
     */
    static <T> Optional<T> read(String line, Class<T> type) {
        if (line.length() <= CHECKSUM_LENGTH || line.charAt(CHECKSUM_LENGTH) != ' ') {
            return Optional.empty();
        }
        String json = line.substring(CHECKSUM_LENGTH + 1);
        if (!line.startsWith(checksum(json))) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readValue(json, type));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String checksum(String json) {
        CRC32C sum = new CRC32C();
        sum.update(json.getBytes(UTF_8));
        return "%08x".formatted(sum.getValue());
    }
}
