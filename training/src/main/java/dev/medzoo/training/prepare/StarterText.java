package dev.medzoo.training.prepare;

import dev.medzoo.training.prepare.StarterChoices.Choice;
import dev.medzoo.training.recipe.CardQuestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the text of a first recipe.
 *
 * @param name of the artifact
 * @param choices settings that depend on the data and on the parent
 * @param from parent as in {@code --from}; null for none
 */
record StarterText(String name, StarterChoices choices, @Nullable String from) {
    /** The whole file. */
    String yaml() {
        String data = choices.data().name();
        StringBuilder yaml = new StringBuilder();
        yaml.append(
                """
                # A first recipe for %s: %s.
                #
                #   medzoo train --data %s%s
                #
                # Change what you know better, and train into another folder (--out). Compare runs on val only.
                name: "%s"
                version: 0.1.0
                dataSet: "%s"
                """
                        .formatted(
                                data,
                                String.join(", ", choices.data().labels()),
                                data,
                                from == null ? "" : " --from " + portable(from),
                                name,
                                data));
        yaml.append("\n# The side of the square input, in pixels.\n");
        line(yaml, "inputSide", choices.inputSide());
        line(yaml, "fit", choices.fit());
        line(yaml, "colour", choices.colour());
        Choice network = choices.network();
        if (network != null) {
            line(
                    yaml,
                    "network",
                    new Choice("{type: %s}".formatted(network.value()), network.reason()));
        }
        yaml.append(
                """

                # Random changes of a training picture that leave its class true.
                augmentation:
                  smallestCrop: 0.6
                  stretch: 1.2
                  # Mirrored; false where left and right differ.
                  flips: true
                """);
        line(yaml, "  quarterTurns", choices.quarterTurns());
        yaml.append(
                """
                  # Light and colour; less where colour itself tells the classes apart.
                  brightness: 0.2
                  contrast: 0.2
                  saturation: 0.2
                  tint: 0.08

                # How evenly classes are sampled: 0 as often as in the data, 1 all equally often.
                balance: 1.0
                labelSmoothing: 0.05
                """);
        line(yaml, "batchSize", choices.batchSize());
        line(yaml, "steps", choices.steps());
        line(yaml, "judgeEvery", choices.judgeEvery());
        yaml.append(
                """
                # Early stopping: rounds without improvement.
                patience: 5
                """);
        line(yaml, "chosenBy", choices.chosenBy());
        yaml.append("precision: auto\noptimiser:\n");
        line(yaml, "  peakLearningRate", choices.learningRate());
        yaml.append("  warmUp: 0.15\n  weightDecay: 0.02\n");
        line(yaml, "  averageDecay", choices.averageDecay());
        if (from != null) {
            yaml.append(
                    """

                    # Lower layers learn more slowly, so that they keep what they learnt before.
                    transfer:
                      frozenParts: 0
                      bodyRate: 0.3
                      layerDecay: 0.6
                    """);
        }
        yaml.append("seed: 1\n");
        card(yaml);
        return yaml.toString();
    }

    /** Shortens an absolute path, which is specific to a machine, to its last name. */
    private static String portable(String from) {
        Path path = Path.of(from);
        return path.isAbsolute() ? String.valueOf(path.getFileName()) : from;
    }

    private static void line(StringBuilder yaml, String entry, @Nullable Choice choice) {
        if (choice != null) {
            String indent = entry.startsWith(" ") ? "  " : "";
            String reason = choice.reason();
            yaml.append(
                    "%s# %s%s.\n"
                            .formatted(
                                    indent,
                                    reason.substring(0, 1).toUpperCase(Locale.ROOT),
                                    reason.substring(1)));
            yaml.append("%s: %s\n".formatted(entry, choice.value()));
        }
    }

    private static void card(StringBuilder yaml) {
        yaml.append(
                """

                # What a person must know before using the model. Answer before you publish: here, and then
                # `medzoo card CANDIDATE --recipe THIS_FILE`; nothing need be trained again.
                card:
                """);
        for (CardQuestion each : CardQuestion.values()) {
            boolean isList = each == CardQuestion.OUT_OF_SCOPE || each == CardQuestion.LIMITS;
            yaml.append("  # %s\n".formatted(each.question()));
            yaml.append("  %s: %s\n".formatted(each.entry(), isList ? "[]" : "\"\""));
            if (each == CardQuestion.LICENCE) {
                yaml.append("  # Does that licence allow commercial use?\n");
                yaml.append("  commercialUse: false\n");
            }
        }
    }

    /** The settings that depend on the data, a sentence each. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("name: " + name + ", version 0.1.0");
        add(notes, "inputSide", choices.inputSide());
        add(notes, "fit", choices.fit());
        add(notes, "colour", choices.colour());
        add(notes, "network", choices.network());
        add(notes, "quarterTurns", choices.quarterTurns());
        add(notes, "batchSize", choices.batchSize());
        add(notes, "steps", choices.steps());
        add(notes, "chosenBy", choices.chosenBy());
        return notes;
    }

    private static void add(List<String> notes, String entry, @Nullable Choice choice) {
        if (choice != null) {
            notes.add("%s: %s (%s)".formatted(entry, choice.value(), choice.reason()));
        }
    }
}
