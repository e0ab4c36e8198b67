package dev.medzoo.training;

import ai.djl.MalformedModelException;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelCard.DataSource;
import dev.medzoo.zoo.artifact.Subgroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers for the card of an existing candidate. Null, empty or blank ones leave the card
 * unchanged.
 *
 * @param commercialUse whether the licence allows it; null to keep the card's
 * @param licence of the pictures and the weights; data sets with another licence keep it
 * @param citation likewise
 * @param subgroups why there are no figures; existing figures stay
 */
public record CardAnswers(
        @Nullable String summary,
        @Nullable String intendedUse,
        List<String> outOfScope,
        @Nullable String licence,
        @Nullable Boolean commercialUse,
        @Nullable String citation,
        @Nullable String subgroups,
        List<String> limits) {
    public CardAnswers {
        outOfScope = List.copyOf(outOfScope);
        limits = List.copyOf(limits);
    }

    /** The answers in a recipe's card. */
    public static CardAnswers of(Recipe.CardText words) {
        return new CardAnswers(
                words.summary(),
                words.intendedUse(),
                words.outOfScope(),
                words.dataLicence(),
                words.commercialUse(),
                words.citation(),
                words.subgroups(),
                words.limits());
    }

    /** Whether nothing is answered. */
    public boolean isEmpty() {
        return equals(new CardAnswers(null, null, List.of(), null, null, null, null, List.of()));
    }

    /**
     * The card of a candidate.
     *
     * @throws MalformedModelException when the folder is not a complete candidate
     */
    public static ModelCard card(Path candidate) throws IOException, MalformedModelException {
        return ArtifactContent.ofCandidate(candidate).card();
    }

    /** Writes them into a candidate's card and returns the card. */
    public ModelCard write(Path candidate) throws IOException, MalformedModelException {
        ModelCard card = applied(card(candidate));
        Path file = candidate.resolve(ArtifactFiles.CARD);
        Path fresh = candidate.resolveSibling(candidate.getFileName() + ".card.new");
        Files.write(fresh, card.toBytes());
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return card;
    }

    private ModelCard applied(ModelCard card) {
        boolean hasFigures = card.subgroups() != null && !card.subgroups().figures().isEmpty();
        return new ModelCard(
                card.name(),
                card.version(),
                or(summary, card.summary()),
                card.notice(),
                or(intendedUse, card.intendedUse()),
                or(outOfScope, card.outOfScope()),
                card.data().stream().map(source -> applied(source, card)).toList(),
                or(licence, card.licence()),
                commercialUse == null ? card.commercialUse() : commercialUse,
                card.network(),
                card.parameters(),
                card.training(),
                card.metrics(),
                hasFigures || isBlank(subgroups)
                        ? card.subgroups()
                        : Subgroups.notAvailable(String.valueOf(subgroups)),
                or(limits, card.limits()),
                card.eightBits(),
                card.scale());
    }

    /** A data set with the card's old licence gets the new one. */
    private DataSource applied(DataSource source, ModelCard card) {
        boolean isOwnLicence =
                !source.licence().isBlank() && !source.licence().equals(card.licence());
        return new DataSource(
                source.name(),
                source.role(),
                isOwnLicence ? source.licence() : or(licence, source.licence()),
                isOwnLicence && !source.citation().isBlank()
                        ? source.citation()
                        : or(citation, source.citation()),
                source.manifestSha256(),
                source.pictures(),
                source.leftOut());
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static String or(@Nullable String answer, String otherwise) {
        return answer == null || answer.isBlank() ? otherwise : answer;
    }

    private static List<String> or(List<String> answers, List<String> otherwise) {
        List<String> given = answers.stream().filter(answer -> !answer.isBlank()).toList();
        return given.isEmpty() ? otherwise : given;
    }
}
