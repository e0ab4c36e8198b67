package dev.medzoo.serving.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.serving.predict.PredictionRequest;
import dev.medzoo.serving.predict.PredictionResponse;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.work.CoreLimiter;
import dev.medzoo.serving.work.PoolOptions;
import dev.medzoo.serving.work.Prediction;
import dev.medzoo.serving.work.Servable;
import dev.medzoo.serving.work.ServedVersion;
import dev.medzoo.serving.work.WorkerPool;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.translate.finding.OutOfDistribution;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the models of the class path never say: pictures of another kind, disagreement. */
class ServerMetricsTest {
    private static final String SKIN = "pretrained-skin";
    private static final Duration MILLIS = Duration.ofMillis(1);
    private static final PredictionRequest ASK =
            new PredictionRequest(
                    "1", "ward", "POST /x", SKIN, null, "k", null, null, new CompletableFuture<>());

    private static ServedModel model;

    private final ServerMetrics metrics = new ServerMetrics();

    @BeforeAll
    static void load() throws Exception {
        MedZoo zoo = new MedZoo(Store.fromSettings());
        Servable servable =
                new Servable(
                        zoo.load(
                                ModelReference.parse(SKIN + "/1.0.0"),
                                NetworkInput.class,
                                Finding.class),
                        new PictureDecoder(),
                        zoo::explainer);
        PoolOptions options =
                new PoolOptions(
                        0, 1, 10, 1, MILLIS, Duration.ofSeconds(60), Duration.ofDays(1), false);
        model = served(servable, options, "1.0.0", 'a');
    }

    private static ServedModel served(
            Servable servable, PoolOptions options, String version, char digit) {
        String digest = "sha256:" + String.valueOf(digit).repeat(64);
        return new ServedModel(
                SKIN,
                new ModelIdentity(SKIN, version, digest),
                true,
                WorkerPool.start(
                        servable,
                        new ServedVersion(SKIN, version),
                        options,
                        new CoreLimiter(1, 1).share(),
                        new ServerMetrics()));
    }

    @AfterAll
    static void close() {
        model.pool().close();
    }

    @Test
    void theGaugesOfDriftFollowWhatTheModelSays() {
        metrics.loaded(model, MILLIS);
        assertThat(value("medzoo_confidence")).isNaN();
        assertThat(value("medzoo_out_of_distribution_ratio")).isNaN();

        answer(finding("nv", 0.9, new OutOfDistribution(2, 5)));
        assertThat(value("medzoo_confidence")).isEqualTo(0.9);
        assertThat(value("medzoo_out_of_distribution_score")).isEqualTo(2);
        assertThat(value("medzoo_out_of_distribution_ratio")).isZero();

        for (int i = 0; i < 100; i++) {
            answer(finding("nv", 0.6, new OutOfDistribution(8, 5)));
        }
        // After a hundred others little of the first is left: 0.98 to the power of 100 is 0.13.
        assertThat(value("medzoo_confidence")).isBetween(0.6, 0.7);
        assertThat(value("medzoo_out_of_distribution_score")).isBetween(7.0, 8.0);
        assertThat(value("medzoo_out_of_distribution_ratio")).isBetween(0.85, 0.9);

        answer(finding("nv", 0.6, null));
        assertThat(value("medzoo_out_of_distribution_ratio")).isBetween(0.85, 0.9);
    }

    @Test
    void whatACandidateSaysOtherwiseIsMeasured() {
        metrics.shadowed(model, finding("nv", 0.9, null), model, finding("nv", 0.8, null));
        metrics.shadowed(model, finding("nv", 0.9, null), model, finding("mel", 0.9, null));
        metrics.shadowDropped(model);

        String page = metrics.text(Set.of());
        for (String outcome : List.of("agree", "disagree", "dropped")) {
            assertThat(page)
                    .contains(
                            "medzoo_shadow_total{model=\"%s\",outcome=\"%s\",version=\"1.0.0\"} 1.0"
                                    .formatted(SKIN, outcome));
        }
        assertThat(value("medzoo_shadow_distance_count")).isEqualTo(2);
        assertThat(value("medzoo_shadow_distance_sum")).isBetween(0.89, 0.91);
    }

    @Test
    void oneThatGoesLeavesItsSuccessorOfTheSameNameAlone() {
        ServedModel next = new ServedModel(SKIN, model.identity(), false, model.pool());
        metrics.loaded(model, MILLIS);
        metrics.loaded(next, MILLIS);
        metrics.gone(model);
        assertThat(metrics.text(Set.of())).contains("medzoo_workers_max{");

        metrics.gone(next);
        assertThat(metrics.text(Set.of())).doesNotContain("medzoo_workers_max{");
    }

    private void answer(Finding finding) {
        Prediction prediction = new Prediction(finding, MILLIS, MILLIS, MILLIS, MILLIS, 1);
        metrics.answered(ASK, new PredictionResponse(model, List.of(prediction)), Instant.now());
    }

    private static Finding finding(
            String label, double probability, @Nullable OutOfDistribution judged) {
        String other = label.equals("nv") ? "mel" : "nv";
        List<ClassProbability> all =
                List.of(
                        new ClassProbability(label, probability),
                        new ClassProbability(other, 1 - probability));
        return new Finding(model.identity(), label, probability, all, false, null, judged);
    }

    private double value(String name) {
        return metrics.text(Set.of())
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.replaceFirst(".* ", "")))
                .findFirst()
                .orElseThrow();
    }
}
