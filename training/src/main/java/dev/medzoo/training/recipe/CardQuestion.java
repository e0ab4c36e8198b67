package dev.medzoo.training.recipe;

import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelCard.DataSource;
import dev.medzoo.zoo.artifact.Subgroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Questions of a model card that only the model's author can answer. */
public enum CardQuestion {
    SUMMARY(
            "summary",
            "summary",
            "What does the model tell apart, in which pictures? One sentence.") {
        @Override
        List<String> in(ModelCard card) {
            return List.of(card.summary());
        }
    },
    INTENDED_USE("intendedUse", "intended-use", "Who may use it, and for what?") {
        @Override
        List<String> in(ModelCard card) {
            return List.of(card.intendedUse());
        }
    },
    OUT_OF_SCOPE("outOfScope", "out-of-scope", "What must it not be used for?") {
        @Override
        List<String> in(ModelCard card) {
            return card.outOfScope();
        }
    },
    LICENCE(
            "dataLicence",
            "licence",
            "Under which licence are the pictures, such as CC BY 4.0, CC0, or: research use?") {
        @Override
        List<String> in(ModelCard card) {
            List<String> licences =
                    new ArrayList<>(card.data().stream().map(DataSource::licence).toList());
            licences.add(card.licence());
            return licences;
        }
    },
    CITATION("citation", "citation", "Which source must users of the pictures cite?") {
        @Override
        List<String> in(ModelCard card) {
            return card.data().stream().map(DataSource::citation).toList();
        }
    },
    SUBGROUPS(
            "subgroups",
            "subgroups",
            "Why are there no figures by age, sex, skin tone or scanner?") {
        @Override
        List<String> in(ModelCard card) {
            Subgroups subgroups = card.subgroups();
            if (subgroups == null) {
                return List.of();
            }
            return List.of(Objects.requireNonNullElse(subgroups.notAvailable(), "figures"));
        }
    },
    LIMITS("limits", "limit", "What is it known, or likely, to get wrong?") {
        @Override
        List<String> in(ModelCard card) {
            return card.limits();
        }
    };

    private final String entry;
    private final String option;
    private final String question;

    CardQuestion(String entry, String option, String question) {
        this.entry = entry;
        this.option = option;
        this.question = question;
    }

    /** The entry of a recipe's card that answers it. */
    public String entry() {
        return entry;
    }

    /** The option of {@code medzoo card} that answers it, without its dashes. */
    public String option() {
        return option;
    }

    /** The question for people. */
    public String question() {
        return question;
    }

    /** The answers in a card. */
    abstract List<String> in(ModelCard card);

    /** The questions that a card does not answer. */
    public static List<CardQuestion> unanswered(ModelCard card) {
        return Arrays.stream(values()).filter(each -> each.isOpen(each.in(card))).toList();
    }

    /** Whether a question is open; its own text copied as the answer does not count. */
    private boolean isOpen(List<String> answers) {
        return answers.isEmpty()
                || answers.stream().anyMatch(text -> text.isBlank() || text.equals(question));
    }
}
