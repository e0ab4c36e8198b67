package dev.medzoo.serving.work;

import static dev.medzoo.serving.work.SkinPools.PICTURE;
import static dev.medzoo.serving.work.SkinPools.options;
import static dev.medzoo.serving.work.SkinPools.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.serving.Deadline;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.explain.ExplanationMethod;
import dev.medzoo.zoo.explain.ExplanationOptions;
import dev.medzoo.zoo.store.Store;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In which order explanations and predictions are computed. */
@Tag("slow")
@SuppressWarnings("FutureReturnValueIgnored") // Who awaits a job sees what fails.
class ExplanationOrderTest {
    private static final ExplanationRequest WISH =
            new ExplanationRequest(
                    new ExplanationOptions(ExplanationMethod.GRAD_CAM, "mel"), false);

    /** Of some hundred steps. */
    private static final ExplanationRequest STEPS =
            new ExplanationRequest(new ExplanationOptions(ExplanationMethod.RISE, "mel"), false);

    private final SkinPools pools = new SkinPools();
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    private static WorkerPool ready(WorkerPool pool) throws Exception {
        pool.readyToExplain(WISH).get(10, TimeUnit.MINUTES);
        return pool;
    }

    /** The stable version, which computes a picture once, and by a graph. */
    private static ZooModel<NetworkInput, Finding> fast() throws Exception {
        return new MedZoo(Store.fromSettings())
                .load(ModelReference.parse(SkinPools.SKIN), NetworkInput.class, Finding.class);
    }

    private static Job explain(WorkerPool pool, Picture picture) throws RefusedException {
        Job job = Job.explained(picture, WISH, null);
        assertThat(pool.submit(List.of(job))).isTrue();
        return job;
    }

    private Job noted(String name, Job job) {
        job.prediction().whenComplete((done, failure) -> order.add(name));
        return job;
    }

    private static void awaitAll(Job... jobs) throws Exception {
        for (Job job : jobs) {
            job.prediction().get(10, TimeUnit.MINUTES);
        }
    }

    @Test
    void predictionsGoBeforeAllExplanationsThatWait() throws Exception {
        try (WorkerPool pool = ready(pools.start(options(1, 1, 10, 1)))) {
            HeldPicture held = new HeldPicture();
            Job first = noted("held", submit(pool, held));
            held.awaitBegin();
            Job one = noted("explanation 1", explain(pool, PICTURE));
            Job two = noted("explanation 2", explain(pool, PICTURE));
            Job late = noted("prediction 1", submit(pool, PICTURE));
            Job later = noted("prediction 2", submit(pool, PICTURE));
            held.goOn.countDown();
            awaitAll(first, one, two, late, later);

            assertThat(order)
                    .containsExactly(
                            "held",
                            "prediction 1",
                            "prediction 2",
                            "explanation 1",
                            "explanation 2");
            assertThat(Objects.requireNonNull(one.prediction().join().explained()).explanation())
                    .satisfies(
                            explanation -> {
                                assertThat(explanation.label()).isEqualTo("mel");
                                assertThat(explanation.finding())
                                        .isEqualTo(late.prediction().join().finding());
                            });
        }
    }

    @Test
    void aPredictionWaitsForTheOneExplanationInHandAlone() throws Exception {
        try (WorkerPool pool = ready(pools.start(options(1, 1, 10, 1)))) {
            HeldPicture held = new HeldPicture();
            Job first = noted("in hand", explain(pool, held));
            held.awaitBegin();
            Job second = noted("explanation", explain(pool, PICTURE));
            Job prediction = noted("prediction", submit(pool, PICTURE));
            held.goOn.countDown();
            awaitAll(first, second, prediction);

            assertThat(order).containsExactly("in hand", "prediction", "explanation");
        }
    }

    @Test
    void aPredictionGoesBetweenTwoStepsOfAnExplanation() throws Exception {
        try (WorkerPool pool = ready(pools.start(fast(), options(1, 1, 10, 1)))) {
            HeldPicture held = new HeldPicture();
            Job explanation = noted("explanation", Job.explained(held, STEPS, null));
            pool.submit(List.of(explanation));
            held.awaitBegin();
            Job one = noted("prediction 1", submit(pool, PICTURE));
            HeldPicture between = new HeldPicture();
            Job two = noted("prediction 2", submit(pool, between));
            held.goOn.countDown();
            between.awaitBegin();
            assertThat(explanation.prediction()).isNotDone();
            Job gone = noted("gone", Job.explained(PICTURE, STEPS, null));
            pool.submit(List.of(gone));
            between.goOn.countDown();
            awaitAll(explanation, one, two, gone);

            assertThat(order)
                    .containsExactly("prediction 1", "prediction 2", "explanation", "gone");
            assertThat(
                            Objects.requireNonNull(explanation.prediction().join().explained())
                                    .explanation()
                                    .map()
                                    .values())
                    .isEqualTo(
                            Objects.requireNonNull(gone.prediction().join().explained())
                                    .explanation()
                                    .map()
                                    .values());
        }
    }

    @Test
    void anExplanationEndsBetweenTwoStepsWhenItsClientLeavesOrItsPoolCloses() throws Exception {
        Job left;
        Job cut;
        try (WorkerPool pool = ready(pools.start(fast(), options(1, 1, 10, 1)))) {
            HeldPicture one = new HeldPicture();
            left = Job.explained(one, STEPS, null);
            pool.submit(List.of(left));
            one.awaitBegin();
            HeldPicture between = new HeldPicture();
            submit(pool, between);
            one.goOn.countDown();
            between.awaitBegin();
            left.refuse(Refusal.clientGone());
            between.goOn.countDown();
            awaitAll(submit(pool, PICTURE));

            HeldPicture other = new HeldPicture();
            cut = Job.explained(other, STEPS, null);
            pool.submit(List.of(cut));
            other.awaitBegin();
            HeldPicture last = new HeldPicture();
            submit(pool, last);
            other.goOn.countDown();
            last.awaitBegin();
        }
        assertThat(SkinPools.kind(left)).isEqualTo(Kind.CLIENT_GONE);
        assertThat(SkinPools.kind(cut)).isEqualTo(Kind.STOPPING);
    }

    /** The worker has taken the explanation, and waits for a core that another model has. */
    @Test
    void anExplanationThatHasNoCoreYetStepsBackForAPrediction() throws Exception {
        try (WorkerPool busy = pools.start(options(1, 1, 10, 1));
                WorkerPool pool = ready(pools.start(options(1, 1, 10, 1)))) {
            List<HeldPicture> held = new ArrayList<>();
            for (int portion = 0; portion < pools.cores.portions(); portion++) {
                busy.scale(portion + 1, portion + 1);
                HeldPicture picture = new HeldPicture();
                submit(busy, picture);
                picture.awaitBegin();
                held.add(picture);
            }
            Job explanation = noted("explanation", explain(pool, PICTURE));
            Deadline.await(() -> pool.waiting() == 0);
            Job prediction = noted("prediction", submit(pool, PICTURE));
            held.forEach(each -> each.goOn.countDown());
            awaitAll(explanation, prediction);

            assertThat(order).containsExactly("prediction", "explanation");
        }
    }

    /** However many portions there are, so that the others are left to predictions. */
    @Test
    void oneExplanationOfAllModelsIsComputedAtATime() throws Exception {
        SkinPools wide = new SkinPools(new CoreLimiter(4, 1));
        try (WorkerPool one = ready(wide.start(options(1, 1, 10, 1)));
                WorkerPool other = ready(wide.start(options(1, 1, 10, 1)))) {
            HeldPicture held = new HeldPicture();
            Job first = noted("in hand", explain(one, held));
            held.awaitBegin();
            Job second = noted("explanation", explain(other, PICTURE));
            Deadline.await(() -> other.waiting() == 0);
            Job prediction = noted("prediction", submit(other, PICTURE));
            awaitAll(prediction);
            held.goOn.countDown();
            awaitAll(first, second);

            assertThat(order).containsExactly("prediction", "in hand", "explanation");
        }
    }

    @Test
    void explanationsTakeNoRoomFromPredictionsAndAreRefusedWhenTheirsIsFull() throws Exception {
        try (WorkerPool pool = ready(pools.start(options(1, 1, 2, 1)))) {
            HeldPicture held = new HeldPicture();
            Job first = submit(pool, held);
            held.awaitBegin();
            List<Job> jobs = new ArrayList<>(List.of(first));
            jobs.add(explain(pool, PICTURE));
            jobs.add(explain(pool, PICTURE));
            assertThatThrownBy(() -> explain(pool, PICTURE))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused ->
                                    assertThat(refused.refusal().kind())
                                            .isEqualTo(Kind.QUEUE_FULL));
            jobs.add(submit(pool, PICTURE));
            jobs.add(submit(pool, PICTURE));
            held.goOn.countDown();
            awaitAll(jobs.toArray(Job[]::new));
        }
    }

    @Test
    void whatNobodyWaitsForIsNotExplained() throws Exception {
        try (WorkerPool pool = ready(pools.start(options(1, 1, 10, 1)))) {
            HeldPicture held = new HeldPicture();
            Job first = submit(pool, held);
            held.awaitBegin();
            HeldPicture left = new HeldPicture();
            Job gone = explain(pool, left);
            Job last = explain(pool, PICTURE);
            gone.refuse(Refusal.clientGone());
            held.goOn.countDown();
            awaitAll(first, last);

            CompletableFuture<String> end = left.end;
            assertThat(end).isNotDone();
        }
    }
}
