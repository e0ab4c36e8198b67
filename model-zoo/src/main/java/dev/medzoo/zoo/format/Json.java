package dev.medzoo.zoo.format;

import ai.djl.MalformedModelException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.medzoo.translate.finding.NullableIntrospector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * JSON of artifacts and indexes, read strictly: nothing unknown, nothing twice, nothing missing,
 * nothing after the end, no number in quotes. Written the same way every time.
 */
public final class Json {
    /** The most that one value may have: what it becomes in memory is a few dozen times as much. */
    private static final int MOST_BYTES = 4 << 20;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(16)
                                                    .maxStringLength(1 << 20)
                                                    .maxNumberLength(40)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .annotationIntrospector(new NullableIntrospector())
                    .addModule(times())
                    .build();

    private static final ObjectWriter WRITER =
            MAPPER.writer(
                    new DefaultPrettyPrinter()
                            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                            .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private Json() {}

    /** Times in UTC, as {@code 2026-01-31T12:00:00Z}. */
    private static SimpleModule times() {
        return new SimpleModule()
                .addSerializer(Instant.class, ToStringSerializer.instance)
                .addDeserializer(Instant.class, new Time());
    }

    private static final class Time extends FromStringDeserializer<Instant> {
        private static final long serialVersionUID = 1;

        Time() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String text, DeserializationContext context) {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(
                        "time: %s (expected: as 2026-01-31T12:00:00Z)".formatted(text), e);
            }
        }
    }

    /**
     * Reads one value.
     *
     * @param file its name, for messages
     * @param where the artifact or store it belongs to, for messages
     * @throws MalformedModelException naming what is wrong with it
     */
    public static <T> T read(byte[] json, Class<T> type, String file, String where)
            throws MalformedModelException {
        if (json.length > MOST_BYTES) {
            String reason = "%d bytes (expected: at most %d)".formatted(json.length, MOST_BYTES);
            throw malformed(file, reason, where, null);
        }
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw malformed(file, "null", where, null);
            }
            return value;
        } catch (JsonProcessingException e) {
            throw malformed(file, reason(e), where, e);
        } catch (IOException e) {
            throw malformed(file, String.valueOf(e.getMessage()), where, e);
        }
    }

    /** UTF-8, two spaces a level, one line feed at the end. */
    public static byte[] write(Object value) {
        try {
            return (WRITER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + value, e);
        }
    }

    /** What a record's own constructor said, or Jackson's first line. */
    private static String reason(JsonProcessingException e) {
        if (e.getCause() instanceof IllegalArgumentException said && said.getMessage() != null) {
            return said.getMessage();
        }
        return e.getOriginalMessage().lines().findFirst().orElse("not JSON");
    }

    private static MalformedModelException malformed(
            String file, String reason, String where, @Nullable Exception cause) {
        return new MalformedModelException("%s: %s in %s".formatted(file, reason, where), cause);
    }
}
