package dev.medzoo.cli.registry;

import ai.djl.Device;
import ai.djl.ModelException;
import dev.medzoo.cli.console.MetricsTable;
import dev.medzoo.training.CardAnswers;
import dev.medzoo.training.Evaluation;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.recipe.CardQuestion;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelCard.DataSource;
import dev.medzoo.zoo.data.PictureManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks that everything a person must supply for publishing is there, so that only the candidate's
 * quality can prevent it.
 *
 * @param candidate folder
 * @param data folder of its pictures, or null if not given
 * @param card of the candidate
 */
record Readiness(Path candidate, @Nullable Path data, ModelCard card) {
    /** The splits that a published card must have figures for. */
    private static final List<String> SCORED = List.of("val", "test");

    /**
     * Checks a candidate.
     *
     * @param data as {@code --data} has it; null for the folder here that the card names
     */
    static Readiness of(Path candidate, @Nullable Path data) throws IOException, ModelException {
        ModelCard card = CardAnswers.card(candidate);
        return new Readiness(candidate, data == null ? inSight(card) : data, card);
    }

    /** What is missing, one line each, with the command that adds it. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        List<CardQuestion> unanswered = CardQuestion.unanswered(card);
        if (!unanswered.isEmpty()) {
            missing.add(
                    "answers to the card's questions (--recipe FILE takes them from a recipe):");
            missing.add("  medzoo card " + candidate + " \\");
            for (CardQuestion each : unanswered) {
                boolean isLast = each == unanswered.get(unanswered.size() - 1);
                missing.add(
                        "      --%s \"%s\"%s"
                                .formatted(each.option(), each.question(), isLast ? "" : " \\"));
            }
        }
        if (data == null) {
            List<String> names = card.data().stream().map(DataSource::name).toList();
            missing.add(
                    "the data set folder, %s, to check its split:"
                            .formatted(String.join(", ", names)));
            missing.add("  medzoo publish %s --data DIR".formatted(candidate));
        }
        return missing;
    }

    /**
     * The card's only data set, if a folder of its name with the same manifest is in the working
     * directory.
     */
    private static @Nullable Path inSight(ModelCard card) throws IOException {
        if (card.data().size() != 1) {
            return null;
        }
        DataSource source = card.data().get(0);
        Path folder = Path.of(source.name());
        return Files.isRegularFile(folder.resolve(PictureManifest.FILE))
                        && PictureManifest.read(folder).sha256().equals(source.manifestSha256())
                ? folder
                : null;
    }

    /** Evaluates it on the splits without figures, and prints these. */
    void evaluate(PrintWriter out) throws IOException, ModelException {
        for (String split : SCORED) {
            if (card.metrics().stream().anyMatch(each -> each.split().equals(split))) {
                continue;
            }
            out.printf("%s has not been scored: scoring it now%n%n", split);
            PictureSets pictures = Evaluation.data(candidate, Objects.requireNonNull(data));
            MetricsTable.print(Evaluation.run(candidate, pictures, split, Device.cpu()), out);
            out.printf("report: %s%n%n", Evaluation.report(candidate, split));
        }
    }
}
