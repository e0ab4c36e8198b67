package dev.medzoo.training.recipe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.medzoo.zoo.artifact.Version;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML (or JSON) written by people, and reports the location of errors. Types are never
 * coerced: an unquoted number or {@code no} is not text, and 1.5 is not an integer. Duplicate
 * entries are refused.
 */
public final class Yaml {
    private static final ObjectMapper MAPPER =
            YAMLMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .addModule(
                            new SimpleModule()
                                    .addDeserializer(String.class, new Text())
                                    .addDeserializer(Version.class, new VersionText()))
                    .build();

    private static final Pattern TWICE = Pattern.compile("^Duplicate field '(.*)'");

    private Yaml() {}

    /**
     * Parses a text into a record.
     *
     * @param source its name in messages, such as {@code recipe skin.yaml}
     * @throws IllegalArgumentException naming the source, the line and what is wrong there
     */
    public static <T> T parse(String text, String source, Class<T> kind) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            return parse(parser, source, kind);
        } catch (IOException e) {
            throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
        }
    }

    private static <T> T parse(JsonParser parser, String source, Class<T> kind) throws IOException {
        try {
            return MAPPER.readValue(parser, kind);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new IllegalArgumentException(source + where + ": " + reason(e, parser), e);
        }
    }

    /** The message of a record's constructor, or which entry Jackson could not use and why. */
    private static String reason(JsonProcessingException e, JsonParser parser) throws IOException {
        Throwable said = e instanceof ValueInstantiationException ? e.getCause() : null;
        if (said instanceof IllegalArgumentException) {
            return String.valueOf(said.getMessage());
        }
        String message = e.getOriginalMessage().lines().findFirst().orElse("not YAML");
        Matcher twice = TWICE.matcher(message);
        if (twice.find()) {
            return twice.group(1) + ": twice (expected: once)";
        }
        if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
            return message;
        }
        String entry = entry(mapping.getPath());
        if (message.startsWith("Cannot map `null`") || e instanceof InvalidNullException) {
            return entry + ": missing (expected: a value)";
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "%s: unknown (expected one of: %s)".formatted(entry, known(unknown));
        }
        if (e instanceof MismatchedInputException mismatched) {
            String expected = expected(mismatched.getTargetType());
            if (expected != null) {
                return "%s: %s (expected: %s)".formatted(entry, value(parser), expected);
            }
        }
        return entry + ": " + message;
    }

    /** Such as {@code dataSets[1].share}. */
    private static String entry(List<Reference> path) {
        StringBuilder entry = new StringBuilder();
        for (Reference part : path) {
            if (part.getFieldName() == null) {
                entry.append('[').append(part.getIndex()).append(']');
            } else {
                entry.append(entry.isEmpty() ? "" : ".").append(part.getFieldName());
            }
        }
        return entry.toString();
    }

    private static List<String> known(UnrecognizedPropertyException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds();
        return known == null ? List.of() : known.stream().map(String::valueOf).sorted().toList();
    }

    /** The value as written in the file. */
    private static String value(JsonParser parser) throws IOException {
        return parser.currentToken() != null && parser.currentToken().isScalarValue()
                ? parser.getText()
                : parser.isExpectedStartArrayToken() ? "a list" : "a mapping";
    }

    private static @Nullable String expected(@Nullable Class<?> type) {
        if (type == null) {
            return null;
        }
        if (type == int.class || type == Integer.class || type == long.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(each -> each.toString().toLowerCase(Locale.ROOT))
                            .toList();
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type.isRecord() ? "a mapping" : null;
    }

    /** Accepts only values that YAML parses as text. */
    private static final class Text extends StdScalarDeserializer<String> {
        private static final long serialVersionUID = 1;

        Text() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                return parser.getText();
            }
            String seen = value(parser);
            String expected =
                    parser.currentToken().isScalarValue()
                            ? "text, such as \"%s\" in quotes".formatted(seen)
                            : "text";
            throw MismatchedInputException.from(
                    parser, String.class, "%s (expected: %s)".formatted(seen, expected));
        }
    }

    /** A version; with fewer than two dots YAML would parse it as a number. */
    private static final class VersionText extends StdScalarDeserializer<Version> {
        private static final long serialVersionUID = 1;

        VersionText() {
            super(Version.class);
        }

        @Override
        public Version deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            try {
                return Version.parse(
                        parser.currentToken().isScalarValue() ? parser.getText() : value(parser));
            } catch (IllegalArgumentException e) {
                throw ValueInstantiationException.from(
                        parser,
                        String.valueOf(e.getMessage()),
                        context.constructType(Version.class),
                        e);
            }
        }
    }
}
