package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.artifact.ModelCard.SplitMetrics;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's figures are the cards', which are the only place where a metric is written down. */
class ReadmeTest {
    private static final MedZoo ZOO = new MedZoo(Store.open("../model-store"));

    @ParameterizedTest
    @MethodSource("models")
    void theTableOfModelsSaysWhatTheCardSays(String name) throws Exception {
        ModelReference stable = ModelReference.parse(name);
        ModelCard card = ModelCard.parse(ZOO.card(stable), name);

        String readme = Files.readString(Path.of("../README.md"));
        assertThat(rows(card)).isNotEmpty().allSatisfy(row -> assertThat(readme).contains(row));
    }

    static Set<String> models() throws Exception {
        return ZOO.index().artifacts().keySet();
    }

    /** One for each data set with test pictures. */
    private static List<String> rows(ModelCard card) {
        List<SplitMetrics> tests =
                card.metrics().stream().filter(each -> each.split().equals("test")).toList();
        List<SplitMetrics> ofSets = tests.stream().filter(each -> each.dataSet() != null).toList();
        return (ofSets.isEmpty() ? tests : ofSets).stream().map(test -> row(card, test)).toList();
    }

    private static String row(ModelCard card, SplitMetrics test) {
        return "| `%s` %s | %s | `%s` | %d | %s | %s | %s |"
                .formatted(
                        card.name(),
                        card.version(),
                        card.summary(),
                        test.dataSet() == null ? card.data().get(0).name() : test.dataSet(),
                        test.pictures(),
                        figure(test.balancedAccuracy()),
                        figure(test.macroF1()),
                        figure(test.auroc()));
    }

    private static String figure(Estimate of) {
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", of.value(), of.low(), of.high());
    }
}
