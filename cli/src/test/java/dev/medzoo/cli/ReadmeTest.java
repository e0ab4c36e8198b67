package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.ModelCard;
import dev.medzoo.zoo.ModelCard.Estimate;
import dev.medzoo.zoo.ModelCard.SplitMetrics;
import dev.medzoo.zoo.ModelReference;
import dev.medzoo.zoo.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
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

        assertThat(Files.readString(Path.of("../README.md"))).contains(row(card));
    }

    static Set<String> models() throws Exception {
        return ZOO.index().artifacts().keySet();
    }

    private static String row(ModelCard card) {
        SplitMetrics test =
                card.metrics().stream()
                        .filter(metrics -> metrics.split().equals("test"))
                        .findFirst()
                        .orElseThrow();
        return "| `%s` %s | %s | `%s` | %d | %s | %s | %s |"
                .formatted(
                        card.name(),
                        card.version(),
                        card.summary(),
                        card.data().get(0).name(),
                        test.pictures(),
                        figure(test.balancedAccuracy()),
                        figure(test.macroF1()),
                        figure(test.auroc()));
    }

    private static String figure(Estimate of) {
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", of.value(), of.low(), of.high());
    }
}
