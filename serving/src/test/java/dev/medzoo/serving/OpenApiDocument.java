package dev.medzoo.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The server's {@code openapi.json}, and whether an answer is one that it promises. */
final class OpenApiDocument {
    static final Path FILE =
            Path.of("src/main/resources/dev/medzoo/serving/api/openapi.json").toAbsolutePath();

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String LOCATION = "medzoo:openapi.json";
    private static final Set<String> METHODS =
            Set.of("get", "head", "post", "put", "delete", "options", "patch", "trace");

    private final JsonNode root;
    private final SchemaRegistry schemas;

    private OpenApiDocument(JsonNode root) {
        this.root = root;
        JsonNode closed = root.deepCopy();
        close(closed);
        SchemaRegistryConfig inEnglish =
                SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build();
        schemas =
                SchemaRegistry.withDialect(
                        Dialects.getOpenApi31(),
                        registry ->
                                registry.schemaRegistryConfig(inEnglish)
                                        .schemas(Map.of(LOCATION, closed.toString())));
    }

    static OpenApiDocument read() {
        try {
            return new OpenApiDocument(MAPPER.readTree(Files.readString(FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode root() {
        return root;
    }

    JsonNode at(String pointer) {
        return root.at(pointer);
    }

    /** Such as {@code GET /ping}, sorted. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        fields(root.get("paths"))
                .forEach(
                        path ->
                                fields(path.getValue())
                                        .map(Map.Entry::getKey)
                                        .filter(METHODS::contains)
                                        .map(each -> each.toUpperCase(Locale.ROOT))
                                        .forEach(
                                                each ->
                                                        operations.add(
                                                                each + " " + path.getKey())));
        return operations;
    }

    JsonNode operation(String methodAndPath) {
        String[] parts = methodAndPath.split(" ", 2);
        return root.get("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
    }

    /** The parameters of an operation, those of its path too. */
    List<JsonNode> parameters(String methodAndPath) {
        JsonNode path = root.get("paths").path(methodAndPath.split(" ", 2)[1]);
        return Stream.of(path, operation(methodAndPath))
                .flatMap(each -> elements(each.path("parameters")))
                .map(this::resolved)
                .toList();
    }

    /**
     * What is wrong with an answer: a status, a type or a value that the document does not list.
     *
     * @param target path and query, as asked for
     */
    List<String> faults(String method, String target, Answer answer) {
        String path = target.replaceFirst("\\?.*", "");
        Optional<String> operation =
                operations().stream()
                        .filter(each -> matches(each, method, path))
                        .min((a, b) -> Long.compare(variables(a), variables(b)));
        if (operation.isEmpty()) {
            return List.of(method + " " + path + ": no such operation");
        }
        String status = String.valueOf(answer.status());
        JsonNode listed = operation(operation.get()).path("responses").path(status);
        if (listed.isMissingNode()) {
            return List.of(operation.get() + ": " + status + " is not listed: " + answer.body());
        }
        return bodyFaults(resolved(listed), answer).stream()
                .map(fault -> "%s: %s: %s".formatted(operation.get(), status, fault))
                .toList();
    }

    private static boolean matches(String operation, String method, String path) {
        String pattern =
                operation
                        .replaceAll("\\{(path|rest)}", "\0")
                        .replaceAll("\\{[^}]*}", "[^/]+")
                        .replace("\0", ".+");
        return (method + " " + path).matches(pattern);
    }

    private static long variables(String operation) {
        return operation.chars().filter(each -> each == '{').count();
    }

    private List<String> bodyFaults(JsonNode response, Answer answer) {
        List<String> faults = new ArrayList<>();
        fields(response.path("headers"))
                .filter(header -> resolved(header.getValue()).path("required").asBoolean())
                .filter(header -> answer.header(header.getKey()).isEmpty())
                .forEach(header -> faults.add("header: no " + header.getKey()));
        if (answer.body().isEmpty()) {
            return faults;
        }
        String type = answer.header("content-type").replaceFirst(";.*", "").strip();
        JsonNode content = response.path("content").path(type);
        if (content.isMissingNode()) {
            faults.add("type: " + type + " is not listed");
        } else if (type.endsWith("json") && !content.path("schema").isEmpty()) {
            validate(content.path("schema"), answer.body()).forEach(faults::add);
        }
        return faults;
    }

    /** What is wrong with a JSON text. */
    List<String> validate(JsonNode schema, String json) {
        String absolute = schema.toString().replace("\"#/", "\"" + LOCATION + "#/");
        List<Error> errors =
                schemas.getSchema(absolute, InputFormat.JSON).validate(json, InputFormat.JSON);
        return errors.stream().map(Error::toString).toList();
    }

    JsonNode resolved(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isMissingNode() ? node : root.at(reference.asText().substring(1));
    }

    /** A client may get fields that are told of later; a test wants to hear of each. */
    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("type").asText().equals("object")
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(OpenApiDocument::close);
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static Stream<Map.Entry<String, JsonNode>> fields(JsonNode object) {
        return object.properties().stream();
    }
}
