package dev.medzoo.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The models' cards as documents: one for each version that is in the store, and a list of them.
 *
 * @param texts Markdown, by the page that it becomes
 */
record CardPages(Map<String, String> texts) {
    private static final String LIST = "models/index.html";

    static CardPages of(Path store) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode index = mapper.readTree(store.resolve("index.json").toFile());
        Map<String, String> texts = new TreeMap<>();
        StringBuilder list =
                new StringBuilder("# Models\n\n| model | version | | what |\n|---|---|---|---|\n");
        for (Map.Entry<String, JsonNode> artifact : index.get("artifacts").properties()) {
            String name = artifact.getKey();
            String stable = index.at("/aliases/" + name + "/stable").asText();
            for (JsonNode version : artifact.getValue()) {
                String number = version.get("version").asText();
                Path file = store.resolve(name).resolve(number).resolve("card.json");
                if (Files.exists(file)) {
                    JsonNode card = mapper.readTree(file.toFile());
                    String page = "models/" + name + "-" + number + ".html";
                    String state = number.equals(stable) ? "stable" : state(version);
                    texts.put(page, text(card, version.get("digest").asText(), state));
                    list.append(
                            "| [%s](%s) | %s | %s | %s |%n"
                                    .formatted(
                                            name,
                                            page.replace("models/", ""),
                                            number,
                                            state,
                                            cell(card.get("summary"))));
                }
            }
        }
        texts.put(LIST, list.append("\nResearch use only. Not a diagnosis.\n").toString());
        return new CardPages(texts);
    }

    private static String state(JsonNode version) {
        if (version.hasNonNull("revoked")) {
            return "revoked: " + version.get("revoked").asText();
        }
        return version.hasNonNull("deprecated")
                ? "deprecated: " + version.at("/deprecated/reason").asText()
                : "";
    }

    private static String text(JsonNode card, String digest, String state) {
        StringBuilder text = new StringBuilder();
        text.append(
                "# %s %s\n\n".formatted(card.get("name").asText(), card.get("version").asText()));
        text.append("%s **%s**\n\n".formatted(cell(card.get("summary")), cell(card.get("notice"))));
        text.append("| | |\n|---|---|\n");
        text.append("| state | %s |\n".formatted(state));
        text.append("| digest | `%s` |\n".formatted(digest));
        text.append("| licence of the weights | %s |\n".formatted(cell(card.get("licence"))));
        text.append(
                "| commercial use | %s |\n"
                        .formatted(card.get("commercialUse").asBoolean() ? "yes" : "no"));
        text.append("| parameters | %s |\n\n".formatted(card.get("parameters").asText()));
        text.append("## For\n\n").append(card.get("intendedUse").asText()).append("\n\n");
        list(text, "Not for", card.get("outOfScope"));
        list(text, "Limits", card.get("limits"));
        figures(text, card.get("metrics"));
        text.append(
                "## Pictures\n\n| set | what for | licence | to be cited |\n|---|---|---|---|\n");
        for (JsonNode each : card.get("data")) {
            text.append(
                    "| %s | %s | %s | %s |\n"
                            .formatted(
                                    cell(each.get("name")),
                                    cell(each.get("role")),
                                    cell(each.get("licence")),
                                    cell(each.get("citation"))));
        }
        return text.append(
                        "\nAll else, the recipe and the command among it, is in the version's `card.json`.\n")
                .toString();
    }

    private static void list(StringBuilder text, String heading, JsonNode entries) {
        text.append("## ").append(heading).append("\n\n");
        entries.forEach(each -> text.append("- ").append(linked(each.asText())).append('\n'));
        text.append('\n');
    }

    /** Cards are immutable, and those up to 2.2.0 name the folder where the studies once were. */
    private static String linked(String text) {
        return text.replaceAll("docs/(study(?:-\\w+)*)", "[$0](../../studies/$1/README.md)");
    }

    private static void figures(StringBuilder text, JsonNode metrics) {
        text.append(
                "## Figures\n\nWith 95 % intervals over groups.\n\n| split | set | pictures | balanced accuracy | macro-F1 | AUROC |\n|---|---|---|---|---|---|\n");
        for (JsonNode each : metrics) {
            List<String> cells = new ArrayList<>();
            cells.add(cell(each.get("split")));
            cells.add(each.hasNonNull("dataSet") ? cell(each.get("dataSet")) : "all");
            cells.add(cell(each.get("pictures")));
            for (String figure : List.of("balancedAccuracy", "macroF1", "auroc")) {
                cells.add(estimate(each.path(figure)));
            }
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        text.append('\n');
    }

    private static String estimate(JsonNode of) {
        return of.hasNonNull("value")
                ? String.format(
                        Locale.ROOT,
                        "%.3f [%.3f, %.3f]",
                        of.get("value").asDouble(),
                        of.get("low").asDouble(),
                        of.get("high").asDouble())
                : "–";
    }

    /** In one line, and without what would end a cell. */
    private static String cell(JsonNode value) {
        return value.asText().replace("|", "\\|").replaceAll("\\s+", " ");
    }
}
