package dev.medzoo.serving;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What {@code kubectl kustomize} makes of a folder, for the two features that are used: {@code
 * resources} and {@code patches} of JSON Patch on one object by kind and name. Any other is
 * refused.
 */
final class Kustomization {
    private static final Set<String> FIELDS = Set.of("apiVersion", "kind", "resources", "patches");

    private Kustomization() {}

    /** The objects, in the order of the files. */
    static List<JsonNode> build(Path folder) throws IOException {
        JsonNode file = KubernetesObjects.documents(folder.resolve("kustomization.yaml")).get(0);
        file.fieldNames()
                .forEachRemaining(each -> check(FIELDS.contains(each), each, "one of: " + FIELDS));
        List<JsonNode> objects = new ArrayList<>();
        for (JsonNode each : file.path("resources")) {
            Path resource = folder.resolve(each.asText());
            objects.addAll(
                    Files.isDirectory(resource)
                            ? build(resource)
                            : KubernetesObjects.documents(resource));
        }
        for (JsonNode patch : file.path("patches")) {
            JsonNode object = target(objects, patch.path("target"));
            for (JsonNode each : KubernetesObjects.documents(patch.path("patch").asText()).get(0)) {
                apply(object, each);
            }
        }
        return objects;
    }

    private static JsonNode target(List<JsonNode> objects, JsonNode target) {
        List<JsonNode> found =
                objects.stream()
                        .filter(each -> each.path("kind").equals(target.path("kind")))
                        .filter(each -> each.at("/metadata/name").equals(target.path("name")))
                        .toList();
        check(found.size() == 1, target.toString(), "one object");
        return found.get(0);
    }

    private static void apply(JsonNode object, JsonNode operation) {
        JsonPointer path = JsonPointer.compile(operation.path("path").asText());
        String name = path.last().getMatchingProperty();
        JsonNode parent = object.at(path.head());
        switch (operation.path("op").asText()) {
            case "add" -> {
                check(parent.isArray() && name.equals("-"), path.toString(), "the end of a list");
                ((ArrayNode) parent).add(operation.path("value"));
            }
            case "replace" -> {
                check(parent.has(name), path.toString(), "there");
                ((ObjectNode) parent).set(name, operation.path("value"));
            }
            case "remove" -> {
                check(parent.has(name), path.toString(), "there");
                ((ObjectNode) parent).remove(name);
            }
            default -> check(false, operation.toString(), "add, replace or remove");
        }
    }

    private static void check(boolean isRight, String seen, String expected) {
        if (!isRight) {
            throw new IllegalStateException("%s (expected: %s)".formatted(seen, expected));
        }
    }
}
