package dev.medzoo.cli;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.registry.CardPage;
import dev.medzoo.training.CardAnswers;
import dev.medzoo.training.recipe.CardQuestion;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.zoo.artifact.ModelCard;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medzoo card}: the words of a candidate's card. */
@Command(
        name = "card",
        description = {
            "Show a candidate's model card, or fill in its text. No training is needed.",
            "Fields you do not give stay as they are. Unanswered questions are listed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo card candidates/my-moles",
            "  medzoo card candidates/my-moles --recipe my-moles.yaml",
            "  medzoo card candidates/my-moles --citation \"The pictures of our clinic, 2026\""
        })
final class CardCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(
            paramLabel = "CANDIDATE",
            description = "candidate folder, as train, refit or wrap wrote it")
    private Path candidate = Path.of("");

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "take the text under `card` in a recipe; options override it")
    private @Nullable Path recipe;

    @Option(
            names = "--summary",
            paramLabel = "WORDS",
            description = "which classes the model distinguishes, in which pictures")
    private @Nullable String summary;

    @Option(
            names = "--intended-use",
            paramLabel = "WORDS",
            description = "who may use it, and for what")
    private @Nullable String intendedUse;

    @Option(
            names = "--out-of-scope",
            paramLabel = "WORDS",
            description = "what it must not be used for; may be given more than once")
    private List<String> outOfScope = List.of();

    @Option(
            names = "--licence",
            paramLabel = "WORDS",
            description = "licence of the pictures; the weights inherit it")
    private @Nullable String licence;

    @Option(
            names = "--commercial-use",
            arity = "1",
            paramLabel = "true|false",
            description = "whether that licence allows commercial use")
    private @Nullable Boolean commercialUse;

    @Option(
            names = "--citation",
            paramLabel = "WORDS",
            description = "whom to cite when the model is used")
    private @Nullable String citation;

    @Option(
            names = "--subgroups",
            paramLabel = "WORDS",
            description = "why there are no figures by age, sex, skin tone or scanner")
    private @Nullable String subgroups;

    @Option(
            names = "--limit",
            paramLabel = "WORDS",
            description = "what it is known to get wrong; may be given more than once")
    private List<String> limits = List.of();

    @Override
    public Integer call() throws IOException, ModelException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        ModelCard card = CardAnswers.card(candidate);
        if (recipe != null) {
            card = CardAnswers.of(Recipe.read(recipe).card()).write(candidate);
        }
        CardAnswers answers =
                new CardAnswers(
                        summary,
                        intendedUse,
                        outOfScope,
                        licence,
                        commercialUse,
                        citation,
                        subgroups,
                        limits);
        if (!answers.isEmpty()) {
            card = answers.write(candidate);
        }
        out.printf("%s %s%n%s%n%n", card.name(), card.version(), card.summary());
        new CardPage(out).print(card);
        List<CardQuestion> unanswered = CardQuestion.unanswered(card);
        unanswered.forEach(
                each -> out.printf("not answered: --%s: %s%n", each.option(), each.question()));
        return 0;
    }
}
