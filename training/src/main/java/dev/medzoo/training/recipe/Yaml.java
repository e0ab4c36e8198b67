package dev.medzoo.training.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Reads what a person writes in YAML (or JSON), and says where it is wrong. */
public final class Yaml {
    private static final ObjectMapper MAPPER =
            YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .build();

    private Yaml() {}

    /**
     * Parses a text into a record.
     *
     * @param source what to call it in messages, such as {@code recipe skin.yaml}
     * @throws IllegalArgumentException naming the source, the line and what is wrong there
     */
    public static <T> T parse(String text, String source, Class<T> kind) {
        try {
            return MAPPER.readValue(text, kind);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new IllegalArgumentException(source + where + ": " + reason(e), e);
        }
    }

    /** What a record's constructor said, or which entry Jackson could not use and why. */
    private static String reason(JsonProcessingException e) {
        Throwable said = e instanceof ValueInstantiationException ? e.getCause() : null;
        if (said != null) {
            return String.valueOf(said.getMessage());
        }
        String message = e.getOriginalMessage().lines().findFirst().orElse("not YAML");
        if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
            return message;
        }
        String entry = mapping.getPath().get(mapping.getPath().size() - 1).getFieldName();
        boolean missing = message.startsWith("Cannot map `null`");
        return entry + ": " + (missing ? "missing (expected: a value)" : message);
    }
}
