package dev.medzoo.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.translate.finding.Finding;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The document against the rules of OpenAPI, and against the routes that there are. */
class OpenApiTest {
    @RegisterExtension static final RunningServer server = RunningServer.with("load_models=NONE");

    private static final String META = "https://spec.openapis.org/";
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.read();

    @Test
    void isAValidOpenApiDocument() throws Exception {
        SchemaRegistry registry =
                SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder ->
                                builder.schemaIdResolvers(
                                        ids ->
                                                ids.mapPrefix(
                                                        META, "classpath:spec.openapis.org/")));
        SchemaLocation rules = SchemaLocation.of(META + "oas/3.1/schema-base/2022-10-07");
        String text = Files.readString(OpenApiDocument.FILE);
        String wrong = text.replace("\"operationId\"", "\"operation\"");

        assertThat(registry.getSchema(rules).validate(text, InputFormat.JSON)).isEmpty();
        assertThat(registry.getSchema(rules).validate(wrong, InputFormat.JSON)).isNotEmpty();
        assertThat(DOCUMENT.at("/openapi").asText()).startsWith("3.1.");
    }

    @Test
    void isWhatTheServerHandsOut() throws Exception {
        Answer answer = server.get("/openapi.json");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body()).isEqualTo(Files.readString(OpenApiDocument.FILE));
    }

    @Test
    void hasEveryRouteAndNoOther() {
        Set<String> documented = DOCUMENT.operations();
        Set<String> missing = new TreeSet<>();
        Set<String> unknown = new TreeSet<>(documented);
        for (Route route : server.server().routes()) {
            Set<String> ofRoute = operations(route);
            ofRoute.stream().filter(each -> !documented.contains(each)).forEach(missing::add);
            unknown.removeAll(ofRoute);
        }

        assertThat(missing).as("routes that the document does not tell of").isEmpty();
        assertThat(unknown).as("operations that no route answers").isEmpty();
    }

    @Test
    void asksForTheRoleThatTheRouteAsksFor() {
        for (Route route : server.server().routes()) {
            for (String operation : operations(route)) {
                List<String> expected = security(route.role());
                JsonNode asked = DOCUMENT.operation(operation).get("security");
                assertThat(OpenApiDocument.elements(asked).map(JsonNode::toString).toList())
                        .as(operation)
                        .isEqualTo(expected);
            }
        }
    }

    private static List<String> security(@Nullable Role role) {
        if (role == null) {
            return List.of();
        }
        return role == Role.PREDICT ? List.of("{}", bearer(role)) : List.of(bearer(role));
    }

    private static String bearer(Role role) {
        return "{\"bearer\":[\"" + role.name().toLowerCase(Locale.ROOT) + "\"]}";
    }

    /** A route that takes any method has those that the document names for its path. */
    private static Set<String> operations(Route route) {
        String path = route.template().replace("...}", "}");
        return route.methods().isEmpty()
                ? DOCUMENT.operations().stream()
                        .filter(each -> each.endsWith(" " + path))
                        .collect(
                                Collectors.collectingAndThen(Collectors.toSet(), OpenApiTest::some))
                : route.methods().stream()
                        .map(method -> method + " " + path)
                        .collect(Collectors.toSet());
    }

    private static Set<String> some(Set<String> operations) {
        assertThat(operations).isNotEmpty();
        return operations;
    }

    @Test
    void saysWhatStandsForEveryVariableOfAPath() {
        for (String operation : DOCUMENT.operations()) {
            List<String> named =
                    DOCUMENT.parameters(operation).stream()
                            .filter(each -> each.get("in").asText().equals("path"))
                            .map(each -> each.get("name").asText())
                            .toList();
            assertThat(named)
                    .as(operation)
                    .containsExactlyInAnyOrderElementsOf(found(operation, "\\{([^}]*)}"));
        }
    }

    @Test
    void namesEveryOperationOnceAndUnderATagThatItExplains() {
        List<String> ids = new ArrayList<>();
        List<String> tags =
                OpenApiDocument.elements(DOCUMENT.at("/tags"))
                        .map(each -> each.get("name").asText())
                        .toList();
        for (String operation : DOCUMENT.operations()) {
            JsonNode described = DOCUMENT.operation(operation);
            ids.add(described.path("operationId").asText());
            assertThat(described.at("/tags/0").asText()).as(operation).isIn(tags);
            assertThat(described.path("summary").asText()).as(operation).isNotBlank();
        }

        assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void refersToNothingThatIsNotThereAndHasNothingThatNoOneRefersTo() throws Exception {
        Set<String> referred =
                new TreeSet<>(
                        found(Files.readString(OpenApiDocument.FILE), "\"\\$ref\": \"#([^\"]*)\""));
        Set<String> there = new TreeSet<>();
        for (String kind : List.of("parameters", "headers", "responses", "schemas")) {
            OpenApiDocument.fields(DOCUMENT.at("/components/" + kind))
                    .forEach(each -> there.add("/components/" + kind + "/" + each.getKey()));
        }

        assertThat(referred).isEqualTo(there);
    }

    @Test
    void listsEveryTypeOfRefusal() {
        List<String> listed =
                OpenApiDocument.elements(
                                DOCUMENT.at("/components/schemas/Refusal/properties/type/enum"))
                        .map(JsonNode::asText)
                        .toList();

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Kind.values()).map(Kind::type).distinct().toList());
    }

    @Test
    void saysThatNothingIsADiagnosis() {
        assertThat(DOCUMENT.at("/info/description").asText()).startsWith(Finding.NOTICE);
        assertThat(DOCUMENT.at("/components/headers/Notice/schema/const").asText())
                .isEqualTo(Finding.NOTICE);
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
    }
}
